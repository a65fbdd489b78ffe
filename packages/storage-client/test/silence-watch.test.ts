import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import t from 'tap';
import { watchSilence } from '../src/silence-watch.js';

t.test('a wait that does not end aborts', async (t) => {
  const watch = watchSilence(20);
  watch.begin();
  await once(watch.signal, 'abort');
  t.equal((watch.signal.reason as Error).message, 'storage was silent for 0.02 s');
});

t.test('time in which nothing is awaited does not count', async (t) => {
  const watch = watchSilence(20);
  watch.begin();
  watch.end();
  await pause(60);
  t.notOk(watch.signal.aborted);
});
