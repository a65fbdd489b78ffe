import t from 'tap';
import { threadsOfJob } from '../../src/machine/threads.js';

t.test('a share of the cores, but two where there are two', async (t) => {
  t.equal(threadsOfJob(1, 1), 1);
  t.equal(threadsOfJob(2, 2), 2);
  t.equal(threadsOfJob(16, 16), 2);
  t.equal(threadsOfJob(16, 4), 4);
  t.equal(threadsOfJob(16, 1), 16);
});
