import { setImmediate as tick } from 'node:timers/promises';
import t from 'tap';
import { inTurns } from '../src/in-turns.js';

t.test('so many at a time, results in the order of the items', async (t) => {
  let [running, most] = [0, 0];
  const results = await inTurns(2, [3, 1, 2, 0], async (ticks) => {
    running += 1;
    most = Math.max(most, running);
    for (let at = 0; at < ticks; at += 1) await tick();
    running -= 1;
    return ticks * 10;
  });
  t.same(results, [30, 10, 20, 0]);
  t.equal(most, 2);
});

t.test('the first that fails is thrown', async (t) => {
  const failing = async (item: number) => {
    if (item === 1) throw new Error('one');
  };
  await t.rejects(inTurns(2, [0, 1, 2], failing), { message: 'one' });
});
