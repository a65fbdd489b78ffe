import { availableParallelism } from 'node:os';
import t, { type Test } from 'tap';
import { coreLimit } from '../../src/machine/core-limit.js';
import { layOutCgroups } from './cgroup-layout.js';

const limitOf = async (t: Test, cgroup: string, files: Record<string, string>): Promise<number> =>
  coreLimit(await layOutCgroups(t, cgroup, files));

t.test('the machine is the limit where no quota is', async (t) => {
  t.equal(await limitOf(t, '0::/\n', { 'cpu.max': 'max 100000\n' }), availableParallelism());
  t.equal(await limitOf(t, '', {}), availableParallelism());
  const many = { 'cpu.max': '100000000 100000\n' };
  t.equal(await limitOf(t, '0::/\n', many), availableParallelism());
});

t.test('cgroup v2: the least of its own and of those above, rounded up', async (t) => {
  const files = { 'a/b/cpu.max': 'max 100000\n', 'a/cpu.max': '50000 100000\n' };
  t.equal(await limitOf(t, '0::/a/b\n', files), 1);
});

t.test('cgroup v1, and its number for no quota', async (t) => {
  const cgroup = '9:cpuset:/x\n4:cpu,cpuacct:/a\n0::/\n';
  const quota = (text: string) => ({
    'cpu/a/cpu.cfs_quota_us': text,
    'cpu/a/cpu.cfs_period_us': '100000\n',
  });
  t.equal(await limitOf(t, cgroup, quota('100000\n')), 1);
  t.equal(await limitOf(t, cgroup, quota('-1\n')), availableParallelism());
});
