import t from 'tap';
import { Bell } from '../../src/watch/wake-signal.js';

const forever = 2_000_000_000;

t.test('it wakes who waits, and who comes after it has rung', async (t) => {
  const bell = new Bell();
  const woken = bell.wait(forever);
  bell.ring();
  await woken;
  bell.ring();
  bell.ring();
  await bell.wait(forever);
  let over = false;
  const waiting = bell.wait(forever).then(() => {
    over = true;
  });
  await new Promise(setImmediate);
  t.notOk(over, 'two rings while nobody waited were one');
  bell.ring();
  await waiting;
});

t.test('nobody waits for longer than was said', async (t) => {
  const bell = new Bell();
  await bell.wait(1);
  await bell.wait(1);
  t.pass('it never rang');
});
