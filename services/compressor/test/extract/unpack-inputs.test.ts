import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type TarEntry, tarBytes } from '@comprimemelo/testing/archives/tar-bytes';
import { zipBytes } from '@comprimemelo/testing/archives/zip-bytes';
import { type Contents, freshFolder, noise } from '@comprimemelo/testing/folders';
import type { Test } from 'tap';
import t from 'tap';
import { unpackInputs } from '../../src/extract/unpack-inputs.js';
import { defaultLimits, type ExtractionLimits } from '../../src/job/extraction-limits.js';
import { createLossReport } from '../../src/job/loss-report.js';
import { compress } from '../../src/operations/compress.js';
import { failure } from '../fixtures/problems.js';
import { anyProgram } from '../fixtures/programs/any-program.js';
import { localJob } from '../fixtures/running-job.js';

interface Asked {
  entries?: string[];
  password?: string;
  links?: boolean;
  limits?: ExtractionLimits;
}

async function unpack(
  t: Test,
  contents: Contents,
  { entries, password, links = false, limits = defaultLimits }: Asked = {},
) {
  const { running, inputs } = await localJob(t, contents, { options: entries ? { entries } : {} });
  const report = createLossReport();
  const secret = password === undefined ? {} : { password };
  const options = { links, report, progress: () => undefined };
  const unpacked = await unpackInputs({ ...running, ...secret, limits }, inputs, options);
  const files = unpacked.filter((entry) => entry.kind === 'file');
  const read: Contents = {};
  for (const { path, location, size } of files) {
    read[path] = await readFile(location);
    t.equal(read[path]?.length, size, path);
  }
  return { unpacked, files, read, report: report.lines(), directory: running.directory };
}

/** Lines of a report by what they lost: how many, and of which entries. */
const lost = (report: Awaited<ReturnType<typeof unpack>>['report']) =>
  report.map(({ lost, count, entries }) => [lost, count, ...entries]);

t.test('gives entries in order, and contents under names of our own', async (t) => {
  const zip = zipBytes([
    { name: 'd/', mode: 0o40750 },
    { name: 'd/b', data: noise(9), mode: 0o100600 },
    { name: 'a', data: noise(200_000) },
    { name: 'empty' },
  ]);
  const { unpacked, read, directory } = await unpack(t, { 'a.zip': zip });
  t.match(unpacked, [
    { kind: 'directory', path: 'd', mode: 0o750 },
    { kind: 'file', path: 'd/b', size: 9, mode: 0o600 },
    { kind: 'file', path: 'a', size: 200_000, mode: 0o644 },
    { kind: 'file', path: 'empty', size: 0 },
  ]);
  t.strictSame(read, { 'd/b': noise(9), a: noise(200_000), empty: Buffer.alloc(0) });
  t.strictSame((await readdir(join(directory, 'contents'))).sort(), ['0', '1', '2']);
});

for (const name of ['../up', 'd/../../up', '..\\up', 'd\\..\\..\\up']) {
  t.test(`what leads out is not unpacked: ${name}`, async (t) => {
    const tar = tarBytes([{ name: 'fine', data: noise(3) }, { name }]);
    await t.rejects(unpack(t, { 'a.tar': tar }), failure('unsafe-entry', name));
    await t.rejects(unpack(t, { 'a.tgz': gzipSync(tar) }), failure('unsafe-entry', name));
    const link = tarBytes([{ name, type: '2', link: '/etc/passwd' }]);
    await t.rejects(unpack(t, { 'a.tar': link }), failure('unsafe-entry', name));
    const zip = zipBytes([{ name: 'fine' }, { name }]);
    await t.rejects(unpack(t, { 'a.zip': zip }), failure('unsafe-entry', name));
  });
}

/** Names that some system dislikes. */
const disliked = [
  'a\x1b[31m',
  'd/NUL.txt',
  'aux.c',
  'Icon\r',
  'a\nb',
  'dot.',
  'blank ',
  'a./x',
  '...',
  'a: b.txt',
  'C:x',
  '日'.repeat(33),
];

t.test('names that some system dislikes are kept as they are', async (t) => {
  for (const name of disliked) {
    const entries = [
      { name: 'fine', data: noise(3) },
      { name, data: noise(4) },
    ];
    const expected = { fine: noise(3), [name]: noise(4) };
    const archives: Contents = { 'a.tar': tarBytes(entries) };
    // 7-Zip lists a line feed as a low line.
    if (name !== 'a\nb') archives['a.zip'] = zipBytes(entries);
    for (const [archive, bytes] of Object.entries(archives)) {
      const { read, report } = await unpack(t, { [archive]: bytes });
      t.strictSame(read, expected, JSON.stringify(name));
      t.strictSame(report, []);
    }
  }
});

t.test('absolute paths are made relative, with a line', async (t) => {
  const entries = [{ name: '/etc/hosts', data: noise(3) }, { name: '//b' }, { name: 'C:/c' }];
  for (const contents of [{ 'a.tar': tarBytes(entries) }, { 'a.zip': zipBytes(entries) }]) {
    const { read, report } = await unpack(t, contents);
    t.strictSame(Object.keys(read), ['etc/hosts', 'b', 'c']);
    t.strictSame(lost(report), [['names', 3, 'etc/hosts', 'b', 'c']]);
  }
  const backslashes = tarBytes([{ name: 'C:\\x', data: noise(3) }]);
  t.strictSame((await unpack(t, { 'a.tar': backslashes })).read, { 'C:\\x': noise(3) });
});

t.test('of two entries with one name both come out, the second with a number', async (t) => {
  const zip = zipBytes([
    { name: 'notes.txt', data: noise(3) },
    { name: './notes.txt', data: noise(4) },
    { name: 'x', data: noise(5) },
    { name: 'notes.txt', data: noise(6) },
  ]);
  const { read, report } = await unpack(t, { 'a.zip': zip });
  t.strictSame(read, {
    'notes.txt': noise(3),
    'notes (2).txt': noise(4),
    x: noise(5),
    'notes (3).txt': noise(6),
  });
  t.strictSame(lost(report), [['names', 2, 'notes (2).txt', 'notes (3).txt']]);
  const one = await unpack(t, { 'a.zip': zip }, { entries: ['notes (2).txt'] });
  t.strictSame(one.read, { 'notes (2).txt': noise(4) });
  const first = await unpack(t, { 'a.zip': zip }, { entries: ['notes.txt'] });
  t.strictSame(first.read, { 'notes.txt': noise(3) });
});

t.test('in a tar the last entry of a path stands for all of them', async (t) => {
  const tar = tarBytes([
    { name: 'a', data: noise(3) },
    { name: 'hard', type: '1', link: 'a' },
    { name: './a', data: noise(4) },
    { name: 'd', type: '5' },
    { name: 'd', type: '5' },
  ]);
  const { read, report, unpacked } = await unpack(t, { 'a.tar': tar });
  t.strictSame(read, { hard: noise(3), a: noise(4) });
  t.strictSame(report, []);
  t.strictSame(
    unpacked.map(({ path }) => path),
    ['hard', 'a', 'd'],
  );
});

t.test('a file and a directory of one path are both there', async (t) => {
  const tar = tarBytes([
    { name: 'd', data: noise(3) },
    { name: 'd/x', data: noise(4) },
  ]);
  const { read, report } = await unpack(t, { 'a.tar': tar });
  t.strictSame(read, { d: noise(3), 'd (2)/x': noise(4) });
  t.strictSame(lost(report), [['names', 1, 'd (2)/x']]);
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
      const { files, read, report } = await unpack(t, archive);
      t.match(files, [
        { path: 'fine' },
        { path: 'hard', linkTo: 'fine' },
        { rawPath: Buffer.from('bad\xff', 'latin1').toString('base64'), linkTo: 'fine' },
      ]);
      t.strictSame(Object.values(read), [noise(3), noise(3), noise(3)]);
      t.match(
        report.filter(({ lost }) => lost !== 'names'),
        [
          { lost: 'links', count: 3, entries: ['soft', 'far', 'up'] },
          { lost: 'special-files', count: 3, entries: ['device', 'block', 'pipe'] },
        ],
      );
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

t.test('links that stay inside are kept where they are asked for', async (t) => {
  const links = [
    ['in', 'd/x'],
    ['d/up', '../fine'],
    ['out', '../fine'],
    ['absolute', '/etc/passwd'],
    ['d/far', '../../fine'],
  ] as const;
  const tar = tarBytes([
    { name: 'fine', data: noise(3) },
    ...links.map(([name, link]): TarEntry => ({ name, type: '2', link })),
  ]);
  const zip = zipBytes([
    { name: 'fine', data: noise(3) },
    ...links.map(([name, link]) => ({ name, mode: 0o120777, data: Buffer.from(link) })),
  ]);
  for (const archive of [{ 'a.tar': tar }, { 'a.zip': zip }]) {
    const { unpacked, report } = await unpack(t, archive, { links: true });
    t.match(unpacked, [
      { kind: 'file', path: 'fine' },
      { kind: 'symlink', path: 'in', target: 'd/x' },
      { kind: 'symlink', path: 'd/up', target: '../fine' },
    ]);
    t.equal(unpacked.length, 3);
    t.strictSame(lost(report), [['links', 3, 'out', 'absolute', 'd/far']]);
  }
});

t.test('what lies below a link is a file of its folder; the link is left out', async (t) => {
  const outside = await freshFolder(t);
  for (const link of [outside, 'e']) {
    const tar = tarBytes([
      { name: 'fine' },
      { name: 'd', type: '2', link },
      { name: 'd/x', data: noise(3) },
      { name: './d/z', data: noise(4) },
    ]);
    for (const links of [true, false]) {
      const { unpacked, read, report } = await unpack(t, { 'a.tar': tar }, { links });
      t.strictSame(read, { fine: Buffer.alloc(0), 'd/x': noise(3), 'd/z': noise(4) });
      t.notOk(unpacked.some(({ kind }) => kind === 'symlink'));
      t.match(report, [{ lost: 'links', count: 1, entries: ['d'] }]);
    }
  }
  t.strictSame(await readdir(outside), []);
});

t.test('names that are no text are kept byte by byte', async (t) => {
  for (const name of ['caf\x82.txt', '\x93\xfa\x96{.txt', 'bad\xff\xfe']) {
    const bytes = Buffer.from(name, 'latin1');
    const { files } = await unpack(t, { 'a.tar': tarBytes([{ name: bytes }]) });
    t.match(files, [{ rawPath: bytes.toString('base64') }]);
    t.notMatch(files[0]?.path, '\ufffd');
  }
  const { files } = await unpack(t, { 'a.tar': tarBytes([{ name: 'e\u0301' }]) });
  t.strictSame(
    files.map(({ path, rawPath }) => [path, rawPath]),
    [['e\u0301', undefined]],
  );
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
    const { files, report } = await unpack(t, { 'a.tar': some() }, { entries: [...entries] });
    t.strictSame(files.map(({ path }) => path).sort(), expected);
    t.strictSame(report, []);
  }
  const link = await unpack(t, { 'a.tar': some() }, { entries: ['link'] });
  t.match(link, { unpacked: [], report: [{ lost: 'links', count: 1 }] });
});

t.test('an entry that is not there, or not safe', async (t) => {
  const tar = { 'a.tar': some() };
  await t.rejects(unpack(t, tar, { entries: ['d', 'no'] }), failure('entry-not-found', 'no'));
  await t.rejects(unpack(t, tar, { entries: ['d/*'] }), failure('entry-not-found', 'd/*'));
  await t.rejects(unpack(t, tar, { entries: ['../unsafe'] }), failure('unsafe-entry', '../unsafe'));
});

t.test('of several archives one that has the entry is enough', async (t) => {
  const zip = zipBytes([{ name: 'z', data: noise(4) }]);
  const { files } = await unpack(t, { 'a.tar': some(), 'b.zip': zip }, { entries: ['z'] });
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
      await t.rejects(unpack(t, archive, { password: 'other' }), failure('password-wrong'));
      t.match(await unpack(t, archive, { password: 'secret' }), {
        files: [{ path: 'a', size: 9 }],
      });
    }
  }
});

t.test('bombs are refused by what they declare, or stopped by what comes out', async (t) => {
  const limits = { ...defaultLimits, ratioFrom: 10_000_000, ratio: 100 };
  const big = Buffer.alloc(12_000_000);
  await t.rejects(
    unpack(t, { 'a.zip': zipBytes([{ name: 'a', data: big }]) }, { limits }),
    failure('archive-too-large'),
  );
  const lying = zipBytes([{ name: 'a', data: big, declaredSize: 1_000 }]);
  await t.rejects(unpack(t, { 'a.zip': lying }, { limits }), { name: 'TaskFailure' });
  const data = Buffer.alloc(2_000_000);
  const shared = Array.from({ length: 200 }, (_, at) => ({ name: `${at}`, data }));
  const overlapping = zipBytes(shared, { overlapping: true });
  await t.rejects(unpack(t, { 'a.zip': overlapping }, { limits }), failure('archive-too-large'));
});

t.test('several archives together hold no more than one may', async (t) => {
  const zip = zipBytes(Array.from({ length: 501 }, (_, at) => ({ name: `${at}` })));
  const limits = { ...defaultLimits, entries: 1_000 };
  const both = unpack(t, { 'a.zip': zip, 'b.zip': zip }, { limits });
  await t.rejects(both, failure('archive-too-large'));
});

t.test('a 7-Zip that says all is well and extracts nothing is not believed', async (t) => {
  const { running, inputs } = await localJob(t, {
    'a.zip': zipBytes([{ name: 'a', data: noise(9) }]),
  });
  const script = join(running.directory, 'lazy');
  const lines = ['#!/bin/sh', '[ "$1" = x ] && exit 0', `exec ${running.sevenZip.binary} "$@"`];
  await writeFile(script, lines.join('\n'), { mode: 0o755 });
  const lazy = { ...running, bsdtar: undefined, sevenZip: await anyProgram(script) };
  const unpacked = unpackInputs(lazy, inputs, {
    links: false,
    report: createLossReport(),
    progress: () => undefined,
  });
  await t.rejects(unpacked, failure('archive-corrupt'));
});

t.test('damaged contents are told from sound ones by their sums', async (t) => {
  const zip = zipBytes([{ name: 'a', data: noise(10_000) }]);
  zip.writeUInt8(zip.readUInt8(5_000) ^ 1, 5_000);
  await t.rejects(unpack(t, { 'a.zip': zip }), failure('archive-corrupt', 'a'));
});

t.test('an encrypted archive needs a password', async (t) => {
  const zip = zipBytes([{ name: 'a', data: noise(100), encrypted: true }]);
  await t.rejects(unpack(t, { 'a.zip': zip }), failure('password-required'));
});

t.test('of two archives the second can fail both', async (t) => {
  const contents = { 'a.zip': zipBytes([{ name: 'a' }]), 'b.zip': zipBytes([{ name: '../b' }]) };
  await t.rejects(unpack(t, contents), failure('unsafe-entry', '../b'));
});
