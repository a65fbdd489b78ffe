import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { outputOf, startSevenZip } from '../../src/seven-zip/process.js';
import { openSevenZip } from '../../src/seven-zip/seven-zip.js';
import { freshFolder, noise } from '../fixtures/folders.js';
import { commandOf, goneInASecond, sevenZipsIn, untilWorking } from '../fixtures/processes.js';

const sevenZip = await openSevenZip();

t.test('says exit code and errors, and gives the output', async (t) => {
  const cwd = await freshFolder(t);
  const fine = startSevenZip(sevenZip, ['i'], { cwd, output: 'pipe' });
  t.match(await text(outputOf(fine)), 'Formats:');
  t.match(await fine.ended, { exitCode: 0, signal: null, killed: false });

  const failing = startSevenZip(sevenZip, ['l', 'absent.zip'], { cwd, output: 'ignore' });
  t.match(await failing.ended, { exitCode: 2, signal: null, stderr: /absent\.zip/ });
  t.throws(() => outputOf(failing));
});

t.test('has no part of the environment of its worker', async (t) => {
  const cwd = await freshFolder(t);
  const shell = { ...sevenZip, binary: '/usr/bin/env' };
  process.env.STORAGE_KEY = 'secret';
  const shown = await text(outputOf(startSevenZip(shell, [], { cwd, output: 'pipe' })));
  t.match(shown, /^LC_ALL=C\.UTF-8$/m);
  t.notMatch(shown, 'secret');
});

t.test('leads a process group and is killed with it', async (t) => {
  const cwd = await freshFolder(t);
  const shell = { ...sevenZip, binary: '/bin/sh' };
  const family = startSevenZip(shell, ['-c', 'sleep 60 & echo $! $$; wait'], {
    cwd,
    output: 'pipe',
  });
  const [line] = (await once(outputOf(family), 'data')) as [Buffer];
  const [child, leader] = line.toString().split(' ').map(Number);
  t.equal(leader, family.pid);
  family.kill();
  t.match(await family.ended, { signal: 'SIGKILL', killed: true });
  t.equal(await commandOf(child ?? 0), '');
});

t.test('one that cannot be started rejects', async (t) => {
  const cwd = join(await freshFolder(t), 'absent');
  await t.rejects(startSevenZip(sevenZip, ['i'], { cwd, output: 'ignore' }).ended, {
    code: 'ENOENT',
  });
});

async function startWorker(t: Test): Promise<{ worker: ChildProcess; folder: string }> {
  const folder = await freshFolder(t);
  await mkdir(join(folder, 'in'));
  await writeFile(join(folder, 'in', 'noise'), noise(16 * 1024 * 1024));
  const program = fileURLToPath(new URL('../fixtures/pack-forever.js', import.meta.url));
  const arguments_ = [program, join(folder, 'in'), join(folder, 'archive.tar.xz')];
  const worker = spawn(process.execPath, arguments_, { stdio: 'inherit' });
  await untilWorking(folder, 1);
  return { worker, folder };
}

t.test('no 7-Zip outlives a worker that is killed by more than a second', async (t) => {
  const { worker, folder } = await startWorker(t);
  t.not((await sevenZipsIn(folder)).length, 0);
  worker.kill('SIGKILL');
  await once(worker, 'close');
  t.ok(await goneInASecond(folder));
});
