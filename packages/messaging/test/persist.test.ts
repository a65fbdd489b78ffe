import t from 'tap';
import { persist } from '../src/persist.js';

const forever = { stop: new AbortController().signal, timeout: Number.POSITIVE_INFINITY };

t.test('repeats until the outcome is another than retry', async (t) => {
  let attempts = 0;
  const outcome = await persist(async () => {
    attempts += 1;
    return attempts < 2 ? 'retry' : 'reject';
  }, forever);
  t.equal(outcome, 'reject');
  t.equal(attempts, 2);
});

t.test('stops in the pause', async (t) => {
  const controller = new AbortController();
  let attempts = 0;
  const outcome = await persist(
    async () => {
      attempts += 1;
      setImmediate(() => controller.abort());
      return 'retry';
    },
    { ...forever, stop: controller.signal },
  );
  t.equal(outcome, 'retry');
  t.equal(attempts, 1);
});

t.test('gives up when its time is over', async (t) => {
  let attempts = 0;
  const outcome = await persist(
    async () => {
      attempts += 1;
      return 'retry';
    },
    { ...forever, timeout: 0 },
  );
  t.equal(outcome, 'retry');
  t.equal(attempts, 1);
});
