import t from 'tap';
import { readBenchConfig } from '../src/config.js';

t.test('all formats unless some are named', async (t) => {
  t.same(readBenchConfig({}).formats, ['zip', 'tar.gz', '7z', 'tar.xz', 'tar.bz2']);
  const asked = { BENCH_FORMATS: '7z,zip', BENCH_ROUNDS: '5', BENCH_SMALL_JOBS: '0' };
  t.match(readBenchConfig(asked), { formats: ['7z', 'zip'], rounds: 5, smallJobs: 0 });
});

t.test('a wrong value names itself', async (t) => {
  t.throws(() => readBenchConfig({ BENCH_FORMATS: 'zip,rar' }), { message: /"rar"/ });
  t.throws(() => readBenchConfig({ BENCH_ROUNDS: 'many' }), { message: /BENCH_ROUNDS.*"many"/ });
});
