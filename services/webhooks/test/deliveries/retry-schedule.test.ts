import t from 'tap';
import { nextPause, usualPauses } from '../../src/deliveries/retry-schedule.js';

const hour = 3_600_000;

t.test('the tries go on for more than a day, whatever the jitter', async (t) => {
  for (let round = 0; round < 200; round += 1) {
    const pauses = usualPauses.map((_, index) => nextPause(index + 1) ?? 0);
    const whole = pauses.reduce((sum, pause) => sum + pause);
    t.ok(whole >= 24 * hour && whole <= 32 * hour, `${whole / hour} hours`);
    t.ok((pauses[0] ?? 0) < 6_000, 'the first one follows soon');
  }
  t.equal(nextPause(usualPauses.length + 1), undefined, 'there is a last one');
});

t.test('pauses of deliveries that failed together are not the same', async (t) => {
  const pauses = Array.from({ length: 50 }, () => nextPause(8));
  t.ok(new Set(pauses).size > 40);
});

t.test('a receiver can make a pause longer, within bounds, and never shorter', async (t) => {
  t.equal(nextPause(1, 2 * hour), 2 * hour);
  t.equal(nextPause(1, 1_000 * hour), 12 * hour);
  t.ok((nextPause(8, 1) ?? 0) >= 9 * hour);
  t.equal(nextPause(9, 2 * hour), undefined);
});
