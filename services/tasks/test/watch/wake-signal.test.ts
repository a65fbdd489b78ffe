import t from 'tap';
import { WakeSignal } from '../../src/watch/wake-signal.js';

const forever = 2_000_000_000;

t.test('it wakes who waits, and who comes after it has rung', async (t) => {
  const wakeSignal = new WakeSignal();
  const woken = wakeSignal.wait(forever);
  wakeSignal.notify();
  await woken;
  wakeSignal.notify();
  wakeSignal.notify();
  await wakeSignal.wait(forever);
  let over = false;
  const waiting = wakeSignal.wait(forever).then(() => {
    over = true;
  });
  await new Promise(setImmediate);
  t.notOk(over, 'two rings while nobody waited were one');
  wakeSignal.notify();
  await waiting;
});

t.test('nobody waits for longer than was said', async (t) => {
  const wakeSignal = new WakeSignal();
  await wakeSignal.wait(1);
  await wakeSignal.wait(1);
  t.pass('it never rang');
});
