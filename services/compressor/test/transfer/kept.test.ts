import t from 'tap';
import { keptOf } from '../../src/transfer/kept.js';
import { someJob } from '../fixtures/bench.js';

t.test(
  'compress keeps paths and times, where the format has them and nobody asked otherwise',
  async (t) => {
    const all = { paths: true, times: true };
    t.same(keptOf(someJob()), all);
    t.same(keptOf(someJob({ format: 'tar.xz', options: { paths: 'keep' } })), all);
    const flat = { paths: false, times: true };
    t.same(keptOf(someJob({ options: { paths: 'flatten' } })), flat);
    t.same(keptOf(someJob({ format: 'gz' })), flat);
    for (const operation of ['convert', 'decompress', 'inspect'] as const) {
      t.same(keptOf(someJob({ operation })), { paths: false, times: false });
    }
  },
);
