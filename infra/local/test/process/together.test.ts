import t from 'tap';
import { together } from '../../src/process/together.js';

const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('told to stop')));
  });

t.test('the first failure ends the others and is the one that is thrown', async (t) => {
  let told = false;
  const waiting = (signal: AbortSignal) =>
    untilAborted(signal).catch((error) => {
      told = true;
      throw error;
    });
  await t.rejects(together([waiting, () => Promise.reject(new Error('broken'))]), {
    message: 'broken',
  });
  t.ok(told, 'and was awaited');
});

t.test('the outer signal reaches the tasks', async (t) => {
  const outer = new AbortController();
  const running = together([untilAborted], outer.signal);
  outer.abort();
  await t.rejects(running, { message: 'told to stop' });
});

t.test('resolves when all are done', async (t) => {
  const done: number[] = [];
  await together([1, 2].map((one) => async () => void done.push(one)));
  t.same(done, [1, 2]);
});
