import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type TarEntry, tarBytes } from '@comprimemelo/testing/archives/tar-bytes';
import { zipBytes } from '@comprimemelo/testing/archives/zip-bytes';
import { type Contents, freshFolder, noise, readFiles } from '@comprimemelo/testing/folders';
import type { Test } from 'tap';
import t from 'tap';
import { unpackInputs } from '../../src/extract/unpack-inputs.js';
import { createLossReport } from '../../src/job/loss-report.js';
import { compress } from '../../src/operations/compress.js';
import { failure } from '../fixtures/problems.js';
import { anyProgram } from '../fixtures/programs/any-program.js';
import { localJob } from '../fixtures/running-job.js';

async function unpack(t: Test, contents: Contents, entries?: string[], password?: string) {
  const { running, inputs } = await localJob(t, contents, { options: entries ? { entries } : {} });
  const report = createLossReport();
  const secret = password === undefined ? {} : { password };
  const options = { report, progress: () => undefined };
  const tree = await unpackInputs({ ...running, ...secret }, inputs, options);
  return { ...tree, report: report.lines() };
}

t.test('gives the tree and its files', async (t) => {
  const zip = zipBytes([
    { name: 'd/', mode: 0o40755 },
    { name: 'd/a', data: noise(9) },
  ]);
  const { folder, files } = await unpack(t, { 'a.zip': zip });
  t.match(files, [{ path: 'd/a', size: 9 }]);
  t.strictSame(await readFiles(folder), { 'd/a': noise(9) });
});

const dangers: [TarEntry, string][] = [
  [{ name: '../up' }, '../up'],
  [{ name: '/abs' }, '/abs'],
  [{ name: 'C:\\x' }, 'C:\\x'],
  [{ name: 'a\x1b[31m' }, 'a\x1b[31m'],
  [{ name: 'd/NUL.txt' }, 'd/NUL.txt'],
  [{ name: '../soft', type: '2', link: '/etc/passwd' }, '../soft'],
  // The listing shows the line feed as a low line: the walk afterwards finds it.
  [{ name: 'a\nb' }, 'a\nb'],
];
for (const [danger, named] of dangers) {
  const tar = tarBytes([{ name: 'fine', data: noise(3) }, danger]);
  t.test(`a tar with ${JSON.stringify(named)} is not unpacked`, async (t) => {
    await t.rejects(unpack(t, { 'a.tar': tar }), failure('unsafe-entry', named));
    await t.rejects(unpack(t, { 'a.tgz': gzipSync(tar) }), failure('unsafe-entry', named));
  });
}

t.test('nor is a zip', async (t) => {
  for (const entry of [
    { name: '../up' },
    { name: '..\\up' },
    { name: '/abs' },
    { name: 'a\nb' },
    { name: 'dot.' },
  ]) {
    const zip = zipBytes([{ name: 'fine' }, entry]);
    await t.rejects(unpack(t, { 'a.zip': zip }), failure('unsafe-entry', entry.name), entry.name);
  }
});

t.test(
  'symbolic links and special files of a tar are left out and reported; hard links are files',
  async (t) => {
    const tar = tarBytes([
      { name: 'fine', data: noise(3) },
      { name: 'soft', type: '2', link: '/etc/passwd' },
      { name: 'hard', type: '1', link: 'fine' },
      { name: 'far', type: '1', link: '/etc/passwd' },
      { name: 'up', type: '1', link: '../../../etc/passwd' },
      { name: Buffer.from('bad\xff', 'latin1'), type: '1', link: 'fine' },
      { name: 'device', type: '3' },
      { name: 'block', type: '4' },
      { name: 'pipe', type: '6' },
    ]);
    for (const archive of [{ 'a.tar': tar }, { 'a.tgz': gzipSync(tar) }]) {
      const { files, folder, report } = await unpack(t, archive);
      t.strictSame(files.map(({ path, size }) => [path, size]).sort(), [
        ['bad\ufffd', 3],
        ['fine', 3],
        ['hard', 3],
      ]);
      t.same(await readFile(join(folder, 'hard')), noise(3));
      t.match(report, [
        { lost: 'links', count: 3, entries: ['soft', 'far', 'up'] },
        { lost: 'special-files', count: 3, entries: ['device', 'block', 'pipe'] },
      ]);
    }
  },
);

t.test('and of a zip', async (t) => {
  const zip = zipBytes([
    { name: 'fine', data: noise(3) },
    { name: 'soft', mode: 0o120777, data: Buffer.from('/etc/passwd') },
    { name: 'device', mode: 0o020666 },
  ]);
  const { files, report } = await unpack(t, { 'a.zip': zip });
  t.match(files, [{ path: 'fine' }]);
  t.match(report, [
    { lost: 'links', entries: ['soft'] },
    { lost: 'special-files', entries: ['device'] },
  ]);
});

t.test('what lies below a link is left out with it', async (t) => {
  const outside = await freshFolder(t);
  const tar = tarBytes([
    { name: 'fine' },
    { name: 'd', type: '2', link: outside },
    { name: 'd/x', data: noise(3) },
    { name: 'd/e/y', data: noise(3) },
    { name: './d/z', data: noise(3) },
  ]);
  const { files, report } = await unpack(t, { 'a.tar': tar });
  t.match(
    files.find(({ path }) => path === 'fine'),
    { size: 0 },
  );
  t.notOk(files.some(({ path }) => path === 'd/x' || path === 'd/e/y'));
  t.match(report, [{ lost: 'links', count: 4, entries: ['d', 'd/x', 'd/e/y', 'd/z'] }]);
  t.strictSame(await readdir(outside), []);
});

t.test('names that are no text are kept byte by byte', async (t) => {
  for (const name of ['caf\x82.txt', '\x93\xfa\x96{.txt', 'bad\xff\xfe', 'e\xcc\x81']) {
    const bytes = Buffer.from(name, 'latin1');
    const { folder } = await unpack(t, { 'a.tar': tarBytes([{ name: bytes }]) });
    t.strictSame(await readdir(folder, { encoding: 'buffer' }), [bytes]);
  }
});

const some = () =>
  tarBytes([
    { name: './d', type: '5' },
    { name: './d/a', data: noise(1) },
    { name: './d/e/b', data: noise(2) },
    { name: 'd2/a', data: noise(3) },
    { name: '../unsafe' },
    { name: 'link', type: '2', link: 'd' },
  ]);

t.test('of the entries that are asked for, a directory stands for all below it', async (t) => {
  for (const [entries, expected] of [
    [['d'], ['d/a', 'd/e/b']],
    [
      ['d/e/', 'd2/a'],
      ['d/e/b', 'd2/a'],
    ],
    [['d/e/b'], ['d/e/b']],
  ] as const) {
    const { files, report } = await unpack(t, { 'a.tar': some() }, [...entries]);
    t.strictSame(files.map(({ path }) => path).sort(), expected);
    t.strictSame(report, []);
  }
  t.match(await unpack(t, { 'a.tar': some() }, ['link']), { files: [], report: [{ count: 1 }] });
});

t.test('an entry that is not there, or not safe', async (t) => {
  const tar = { 'a.tar': some() };
  await t.rejects(unpack(t, tar, ['d', 'no']), failure('entry-not-found', 'no'));
  await t.rejects(unpack(t, tar, ['d/*']), failure('entry-not-found', 'd/*'));
  await t.rejects(unpack(t, tar, ['../unsafe']), failure('unsafe-entry', '../unsafe'));
});

t.test('of several archives one that has the entry is enough', async (t) => {
  const zip = zipBytes([{ name: 'z', data: noise(4) }]);
  const { files } = await unpack(t, { 'a.tar': some(), 'b.zip': zip }, ['z']);
  t.match(files, [{ path: 'b/z', size: 4 }]);
});

t.test('passwords: none, the wrong one, the right one', async (t) => {
  for (const format of ['zip', '7z'] as const) {
    for (const encryptNames of format === '7z' ? [false, true] : [false]) {
      const options = { encryptNames };
      const { running, inputs } = await localJob(t, { a: noise(9) }, { format, options });
      const { files } = await compress({ ...running, password: 'secret' }, inputs);
      const archive = { 'a.x': await readFile(files[0]?.location ?? '') };
      await t.rejects(unpack(t, archive), failure('password-required'));
      await t.rejects(unpack(t, archive, undefined, 'other'), failure('password-wrong'));
      t.match(await unpack(t, archive, undefined, 'secret'), { files: [{ path: 'a', size: 9 }] });
    }
  }
});

t.test('bombs are refused by what they declare, or stopped by what comes out', async (t) => {
  const big = Buffer.alloc(120_000_000);
  await t.rejects(
    unpack(t, { 'a.zip': zipBytes([{ name: 'a', data: big }]) }),
    failure('archive-too-large'),
  );
  const lying = zipBytes([{ name: 'a', data: big, declaredSize: 1_000 }]);
  await t.rejects(unpack(t, { 'a.zip': lying }), { name: 'TaskFailure' });
  const data = Buffer.alloc(20_000_000);
  const shared = Array.from({ length: 200 }, (_, at) => ({ name: `${at}`, data }));
  const overlapping = zipBytes(shared, { overlapping: true });
  await t.rejects(unpack(t, { 'a.zip': overlapping }), failure('archive-too-large'));
});

t.test('several archives together hold no more than one may', async (t) => {
  const zip = zipBytes(Array.from({ length: 50_001 }, (_, at) => ({ name: `${at}` })));
  const both = unpack(t, { 'a.zip': zip, 'b.zip': zip });
  await t.rejects(both, failure('archive-too-large'));
});

t.test('a 7-Zip that says all is well and extracts nothing is not believed', async (t) => {
  const { running, inputs } = await localJob(t, { 'a.zip': zipBytes([{ name: 'a' }]) });
  const script = join(running.directory, 'lazy');
  const lines = ['#!/bin/sh', '[ "$1" = x ] && exit 0', `exec ${running.sevenZip.binary} "$@"`];
  await writeFile(script, lines.join('\n'), { mode: 0o755 });
  const lazy = { ...running, sevenZip: await anyProgram(script) };
  const unpacked = unpackInputs(lazy, inputs, {
    report: createLossReport(),
    progress: () => undefined,
  });
  await t.rejects(unpacked, failure('archive-corrupt'));
});

t.test('damaged contents are told from sound ones by their sums', async (t) => {
  const zip = zipBytes([{ name: 'a', data: noise(10_000) }]);
  zip.writeUInt8(zip.readUInt8(5_000) ^ 1, 5_000);
  await t.rejects(unpack(t, { 'a.zip': zip }), failure('archive-corrupt'));
});

t.test('an encrypted archive needs a password', async (t) => {
  const zip = zipBytes([{ name: 'a', data: noise(100), encrypted: true }]);
  await t.rejects(unpack(t, { 'a.zip': zip }), failure('password-required'));
});

t.test('of two archives the second can fail both', async (t) => {
  const contents = { 'a.zip': zipBytes([{ name: 'a' }]), 'b.zip': zipBytes([{ name: '/b' }]) };
  await t.rejects(unpack(t, contents), failure('unsafe-entry', '/b'));
});
