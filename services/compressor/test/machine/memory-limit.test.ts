import { totalmem } from 'node:os';
import t, { type Test } from 'tap';
import { defaultMemoryBudget, memoryLimit } from '../../src/machine/memory-limit.js';
import { layOutCgroups } from './cgroup-layout.js';

const limitOf = async (t: Test, cgroup: string, files: Record<string, string>): Promise<number> =>
  memoryLimit(await layOutCgroups(t, cgroup, files));

t.test('the machine is the limit where no cgroup is', async (t) => {
  t.equal(await limitOf(t, '0::/\n', { 'memory.max': 'max\n' }), totalmem());
  t.equal(await limitOf(t, '', {}), totalmem());
  t.equal(await memoryLimit({ root: '/nowhere', own: '/nowhere/cgroup' }), totalmem());
});

t.test('cgroup v2: the least of its own and of those above', async (t) => {
  const files = { 'a/b/memory.max': 'max\n', 'a/memory.max': '2000\n', 'memory.max': '3000\n' };
  t.equal(await limitOf(t, '0::/a/b\n', files), 2_000);
});

t.test('cgroup v1, and its number for no limit', async (t) => {
  const file = 'memory/a/memory.limit_in_bytes';
  const cgroup = '9:cpu:/x\n4:memory:/a\n0::/\n';
  t.equal(await limitOf(t, cgroup, { [file]: '1000\n' }), 1_000);
  t.equal(await limitOf(t, cgroup, { [file]: '9223372036854771712\n' }), totalmem());
});

t.test("inside a container the path is the host's and the root its own", async (t) => {
  const file = 'memory/memory.limit_in_bytes';
  t.equal(await limitOf(t, '4:memory:/docker/abc\n', { [file]: '1000\n' }), 1_000);
});

t.test('the default budget is 60 % of it', async (t) => {
  t.equal(await defaultMemoryBudget(), Math.floor((await memoryLimit()) * 0.6));
});
