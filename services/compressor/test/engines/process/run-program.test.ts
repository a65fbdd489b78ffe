import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { setVariables } from '@comprimemelo/testing/config';
import { freshFolder, noise } from '@comprimemelo/testing/folders';
import t, { type Test } from 'tap';
import { keptOutputOf, outputOf, startSevenZip } from '../../../src/engines/process/run-program.js';
import { type SandboxName, sandboxes } from '../../../src/engines/process/sandbox.js';
import { openSevenZip } from '../../../src/engines/seven-zip/seven-zip.js';
import { anyProgram } from '../../fixtures/programs/any-program.js';
import {
  commandOf,
  endInASecond,
  goneInASecond,
  untilWorking,
} from '../../fixtures/programs/processes.js';

const sevenZip = await openSevenZip();
const access = { reads: [] };

t.test('says exit code and errors, and gives the output', async (t) => {
  const cwd = await freshFolder(t);
  const fine = startSevenZip(sevenZip, ['i'], { cwd, access, output: 'pipe' });
  t.match(await text(outputOf(fine)), 'Formats:');
  t.match(await fine.ended, { exitCode: 0, signal: null, killed: false });

  const failing = startSevenZip(sevenZip, ['l', 'absent.zip'], { cwd, access, output: 'ignore' });
  t.match(await failing.ended, { exitCode: 2, signal: null, stderr: /absent\.zip/ });
  t.throws(() => outputOf(failing));
});

t.test('keeps output for a reader who comes after the process has exited', async (t) => {
  const cwd = await freshFolder(t);
  const echo = await anyProgram('/bin/echo');
  const process = startSevenZip(echo, ['late'], { cwd, access, output: 'pipe' });
  const output = keptOutputOf(process);
  await once(process.stderr, 'close');
  await pause(200);
  t.equal(await text(output), 'late\n');
  await process.ended;
});

t.test('has no part of the environment of its worker', async (t) => {
  const cwd = await freshFolder(t);
  const shell = await anyProgram('/usr/bin/env');
  setVariables(t, { STORAGE_KEY: 'secret' });
  const shown = await text(outputOf(startSevenZip(shell, [], { cwd, access, output: 'pipe' })));
  t.match(shown, /^LC_ALL=C\.UTF-8$/m);
  t.notMatch(shown, 'secret');
});

t.test('leads a process group and is killed with it', async (t) => {
  const cwd = await freshFolder(t);
  const shell = await anyProgram('/bin/sh');
  const family = startSevenZip(shell, ['-c', 'sleep 60 & echo $! $$; wait'], {
    cwd,
    access,
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
  await t.rejects(startSevenZip(sevenZip, ['i'], { cwd, access, output: 'ignore' }).ended, {
    code: 'ENOENT',
  });
});

t.test('a password is given on standard input, and stands nowhere else', async (t) => {
  const folder = await freshFolder(t);
  await writeFile(join(folder, 'noise'), noise(8 * 1024 * 1024));
  const archive = join(folder, 'a.7z');
  const password = 'hunter2-ä-"$`';
  const packer = startSevenZip(sevenZip, ['a', '-t7z', '-mx=9', '-p', archive, 'noise'], {
    cwd: folder,
    access: { reads: [], writes: folder },
    input: { line: password },
    output: 'pipe',
  });
  const output = text(outputOf(packer));
  await untilWorking(folder, 1);
  const commands = await Promise.all((await readdir('/proc')).map((pid) => commandOf(Number(pid))));
  t.notOk(commands.some((command) => command.includes(password)));
  const end = await packer.ended;
  t.match(end, { exitCode: 0 });
  t.notMatch(`${await output}${end.stderr}`, password);
  const test = (line: string) =>
    startSevenZip(sevenZip, ['t', archive], {
      cwd: folder,
      access: { reads: [archive] },
      input: { line },
      output: 'ignore',
    }).ended;
  t.match(await test(password), { exitCode: 0 });
  const wrong = await test('another');
  t.match(wrong, { exitCode: 2, stderr: /Wrong password/ });
  t.notMatch(wrong.stderr, 'another');
});

t.test('an answer that is not asked for does no harm', async (t) => {
  const { folder, archive } = await smallArchive(t);
  const lister = startSevenZip(sevenZip, ['l', archive], {
    cwd: folder,
    access: { reads: [archive] },
    input: { line: 'x' },
    output: 'ignore',
  });
  t.match(await lister.ended, { exitCode: 0 });
});

async function smallArchive(t: Test) {
  const folder = await freshFolder(t);
  const archive = join(folder, 'a.zip');
  const packer = startSevenZip(sevenZip, ['a', archive, '.'], {
    cwd: folder,
    access: { reads: [], writes: folder },
    output: 'ignore',
  });
  await packer.ended;
  return { folder, archive };
}

async function startWorker(t: Test, name: SandboxName) {
  const folder = await freshFolder(t);
  await mkdir(join(folder, 'in'));
  await mkdir(join(folder, 'out'));
  await writeFile(join(folder, 'in', 'noise'), noise(16 * 1024 * 1024));
  const program = fileURLToPath(
    new URL('../../fixtures/programs/pack-forever.js', import.meta.url),
  );
  const paths = [join(folder, 'in'), join(folder, 'out', 'archive.tar.xz')];
  const worker = spawn(process.execPath, [program, ...paths, name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { worker, folder };
}

/** What was started in the folder, also what only confines 7-Zip. */
async function startedIn(folder: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const commands = await Promise.all(pids.map(commandOf));
  const isOurs = (command: string) =>
    command.includes(`${folder}/`) && !/^[^\0]*node\0/.test(command);
  return pids.filter((_, at) => isOurs(commands[at] ?? ''));
}

for (const { name } of sandboxes) {
  t.test(`${name}: no 7-Zip outlives a worker that is killed by more than a second`, async (t) => {
    const { worker, folder } = await startWorker(t, name);
    await untilWorking(folder, 1);
    worker.kill('SIGKILL');
    await once(worker, 'close');
    t.ok(await goneInASecond(folder));
    t.ok(await endInASecond(() => startedIn(folder)), 'nor what confined it');
  });

  t.test(`${name}: nor one that it was just starting`, async (t) => {
    const killAfter = async (milliseconds: number) => {
      const { worker, folder } = await startWorker(t, name);
      if (!worker.stdout) throw new Error('the worker has no output');
      await once(worker.stdout, 'data');
      await pause(milliseconds);
      worker.kill('SIGKILL');
      await once(worker, 'close');
      // One that was forked and is not yet what it will be: it has the time to become it.
      await pause(1_000);
      t.ok(await endInASecond(() => startedIn(folder)), `killed after ${milliseconds} ms`);
    };
    await Promise.all([0, 4, 8, 12, 16, 24, 32].map(killAfter));
  });
}
