import { setImmediate as tick } from 'node:timers/promises';
import t from 'tap';
import { deleteBlobs } from '../src/delete-blobs.js';

t.test('every key is tried, a few at once, whatever fails', async (t) => {
  const keys = Array.from({ length: 100 }, (_, index) => `uploads/${index}`);
  const tried: string[] = [];
  let [running, most] = [0, 0];
  const storage = {
    async delete(key: string) {
      tried.push(key);
      running += 1;
      most = Math.max(most, running);
      await tick();
      running -= 1;
      if (tried.length % 3 === 0) throw new Error('away');
    },
  };
  await deleteBlobs(storage, keys);
  t.strictSame(tried, keys);
  t.equal(most, 16);
  await deleteBlobs(storage, []);
});
