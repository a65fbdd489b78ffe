import { once } from 'node:events';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { freshFolder, noise } from '@comprimemelo/testing/folders';
import t, { type Test } from 'tap';
import { findLauncher } from '../../../src/engines/process/launcher.js';
import {
  outputOf,
  type ProcessOptions,
  startSevenZip,
} from '../../../src/engines/process/run-program.js';
import type { SandboxName } from '../../../src/engines/process/sandbox.js';
import { openSevenZip } from '../../../src/engines/seven-zip/seven-zip.js';

const sevenZip = await openSevenZip();
/** What a program needs that is not linked statically. */
const libraries = ['/usr', '/lib', '/lib64'];

/** A job's folders beside another job's file, and bash in the place of 7-Zip. */
async function prepare(t: Test, name: SandboxName) {
  const folder = await freshFolder(t);
  const input = join(folder, 'job-1', 'in');
  const output = join(folder, 'job-1', 'out');
  const foreign = join(folder, 'job-2');
  for (const path of [input, output, foreign]) await mkdir(path, { recursive: true });
  await writeFile(join(input, 'mine'), noise(200_000));
  await writeFile(join(foreign, 'foreign'), 'foreign');
  const launcher = await findLauncher(sevenZip.binary, [name]);
  const bash = { ...sevenZip, launcher, binary: '/usr/bin/bash' };
  const options = {
    cwd: input,
    access: { reads: [input, ...libraries], writes: output },
    output: 'pipe',
  } satisfies ProcessOptions;
  return { folder, input, output, foreign, bash, options, confined: { ...sevenZip, launcher } };
}

t.test('bwrap: sees its input and nothing else of the machine', async (t) => {
  const { folder, input, foreign, bash, options } = await prepare(t, 'bwrap');
  const seen = startSevenZip(
    bash,
    ['-c', `for p in "$@"; do [ -e "$p" ] && echo "$p"; done; echo /*`, '-'].concat([
      join(input, 'mine'),
      join(foreign, 'foreign'),
      foreign,
      '/etc/passwd',
      '/proc/self',
      '/dev/null',
      '/home',
      '/root',
      '/var',
      process.cwd(),
    ]),
    options,
  );
  const top = `/${folder.split('/')[1]}`;
  t.strictSame((await text(outputOf(seen))).split('\n'), [
    join(input, 'mine'),
    ['/lib', '/lib64', top, '/usr'].join(' '),
    '',
  ]);
  t.match(await seen.ended, { exitCode: 0 });
});

t.test('bwrap: 7-Zip cannot pack a file of the machine', async (t) => {
  const { output, confined, options } = await prepare(t, 'bwrap');
  const archive = join(output, 'a.zip');
  const packer = startSevenZip(confined, ['a', '-tzip', archive, '/etc/passwd'], {
    ...options,
    output: 'ignore',
  });
  t.match(await packer.ended, { exitCode: 1, stderr: /passwd/ });
});

t.test('bwrap: writes to its scratch directory alone', async (t) => {
  const { input, output, foreign, bash, options } = await prepare(t, 'bwrap');
  const places = [output, input, foreign, '/', '/tmp', '/usr'].map((path) => join(path, 'made'));
  const script = 'for p in "$@"; do { echo > "$p"; } 2>&- && echo "$p"; done; exit 0';
  const writer = startSevenZip(bash, ['-c', script, '-', ...places], options);
  t.equal(await text(outputOf(writer)), `${join(output, 'made')}\n`);
  t.match(await writer.ended, { exitCode: 0 });
  t.strictSame([await readdir(input), await readdir(foreign)], [['mine'], ['foreign']]);
});

for (const name of ['bwrap', 'namespaces'] as const) {
  t.test(`${name}: the network is not there`, async (t) => {
    const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    t.teardown(() => server.close());
    const { port } = server.address() as { port: number };
    const { bash, options } = await prepare(t, name);
    const script = `echo < /dev/tcp/127.0.0.1/${port} && echo connected`;
    const caller = startSevenZip(bash, ['-c', script], options);
    t.equal(await text(outputOf(caller)), '');
    t.match(await caller.ended, { exitCode: 1, stderr: /refused|unreachable/ });
  });

  t.test(`${name}: other processes are not there`, async (t) => {
    const { bash, options } = await prepare(t, name);
    const killer = startSevenZip(bash, ['-c', `kill -0 ${process.pid}`], options);
    t.match(await killer.ended, { exitCode: 1, stderr: /No such process/ });
  });
}

for (const name of ['bwrap', 'namespaces', 'limits'] as const) {
  t.test(`${name}: the limits bite`, async (t) => {
    const { bash, confined, output, options } = await prepare(t, name);
    const archive = join(output, 'a.7z');
    const pack = (limits: ProcessOptions['limits']) =>
      startSevenZip(confined, ['a', '-t7z', '-mx=7', archive, '.'], {
        ...options,
        output: 'ignore',
        ...(limits ? { limits } : {}),
      }).ended;
    t.match(await pack({ memoryBytes: 16_000_000 }), { exitCode: 8, stderr: /allocate/ });
    t.match(await pack({ fileBytes: 100_000 }), { signal: 'SIGXFSZ', killed: false });
    t.equal((await stat(archive)).size, 100_000);
    const spin = (limits: ProcessOptions['limits']) =>
      startSevenZip(bash, ['-c', 'while :; do :; done'], {
        ...options,
        ...(limits ? { limits } : {}),
      }).ended;
    t.match(await spin({ cpuSeconds: 1 }), { signal: 'SIGXCPU', killed: false, late: false });
    t.match(await spin({ wallSeconds: 0.2 }), { signal: 'SIGKILL', killed: true, late: true });
    const counted = startSevenZip(bash, ['-c', 'ulimit -n; ulimit -c; ulimit -u'], options);
    t.equal(await text(outputOf(counted)), '64\n0\n4096\n');
  });

  t.test(`${name}: a signal from outside is told as it is`, async (t) => {
    const { bash, options } = await prepare(t, name);
    t.match(await startSevenZip(bash, ['-c', 'kill -SEGV $$'], options).ended, {
      exitCode: null,
      signal: 'SIGSEGV',
      killed: false,
    });
  });
}
