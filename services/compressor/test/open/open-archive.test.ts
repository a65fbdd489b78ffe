import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, gzipSync } from 'node:zlib';
import { arBytes } from '@comprimemelo/testing/archives/ar-bytes';
import { foreignArchives } from '@comprimemelo/testing/archives/foreign-archives';
import { tarBytes } from '@comprimemelo/testing/archives/tar-bytes';
import { zipBytes } from '@comprimemelo/testing/archives/zip-bytes';
import { freshFolder, noise } from '@comprimemelo/testing/folders';
import t from 'tap';
import { defaultLimits } from '../../src/job/extraction-limits.js';
import type { OpenArchive } from '../../src/open/archive-part.js';
import { openArchive } from '../../src/open/open-archive.js';
import { compress } from '../../src/operations/compress.js';
import { type NamedEntry, named } from '../fixtures/entries-of.js';
import { failure } from '../fixtures/problems.js';
import { localJob } from '../fixtures/running-job.js';

async function open(
  t: Parameters<typeof localJob>[0],
  name: string,
  bytes: Buffer,
  limits = defaultLimits,
) {
  const { running: usual, inputs } = await localJob(t, { [name]: bytes });
  const running = { ...usual, limits };
  const [input] = inputs;
  if (!input) throw new Error('there is an input');
  return { running, opened: openArchive(running, input, () => undefined) };
}

async function entriesIn(opened: Promise<OpenArchive>): Promise<NamedEntry[]> {
  const all: NamedEntry[] = [];
  for (const part of (await opened).parts) {
    await part.list((entries) => {
      all.push(...entries.map(named));
    });
  }
  return all;
}

t.test('goes by content, not by name', async (t) => {
  const tar = tarBytes([{ name: 'a', data: noise(5) }]);
  const { opened } = await open(t, 'a.zip', gzipSync(tar));
  t.equal((await opened).format, 'tar.gz');
  t.match(await entriesIn(opened), [{ path: 'a', size: 5 }]);
});

t.test('a wrapped file has its archive for a name and its true size', async (t) => {
  const { opened, running } = await open(t, 'notes.txt.gz', gzipSync(noise(1_000)));
  const archive = await opened;
  t.equal(archive.format, 'gz');
  t.match(await entriesIn(opened), [{ path: 'notes.txt', size: 1_000, kind: 'file' }]);
  await archive.close();
  t.strictSame(await readdir(running.directory), ['in']);
});

t.test('a tar without entries is one by its name', async (t) => {
  const empty = Buffer.alloc(10_240);
  for (const [name, bytes, format] of [
    ['a.tar', empty, 'tar'],
    ['a.tgz', gzipSync(empty), 'tar.gz'],
  ] as const) {
    const { opened } = await open(t, name, bytes);
    t.equal((await opened).format, format);
    t.strictSame(await entriesIn(opened), [], name);
  }
  const { opened } = await open(t, 'zeros.bin.gz', gzipSync(empty));
  t.match(await entriesIn(opened), [{ path: 'zeros.bin', size: 10_240 }]);
});

t.test('other content is unsupported, or damaged where its name promises an archive', async (t) => {
  for (const [name, bytes, slug] of [
    ['a.txt', noise(100), 'unsupported-archive'],
    ['a.zip', Buffer.from('\x7fELF and so on'), 'unsupported-archive'],
    ['a.deb', Buffer.from('!<arch>\nother.o/'), 'archive-corrupt'],
    ['a.rar', noise(100), 'archive-corrupt'],
    ['a.zip', noise(100), 'archive-corrupt'],
    ['a.tar.xz', Buffer.alloc(0), 'archive-corrupt'],
    ['a', Buffer.alloc(0), 'archive-corrupt'],
  ] as const) {
    await t.rejects((await open(t, name, bytes)).opened, failure(slug), name);
  }
});

for (const { name, format, members, make } of foreignArchives) {
  t.test(`${format} by ${name} is known by its content`, async (t) => {
    const bytes = await readFile(await make(await freshFolder(t)));
    const { opened, running } = await open(t, 'only', bytes);
    const archive = await opened;
    t.equal(archive.format, format);
    const files = (await entriesIn(opened)).filter(({ kind }) => kind === 'file');
    const packaged = format === 'deb' ? 1 : 0;
    t.equal(files.length, members.filter(({ directory }) => !directory).length + packaged);
    await archive.close();
    t.notOk((await readdir(running.directory)).some((one) => /^(?:unwrapped|deb)-/.test(one)));
  });
}

t.test('truncated archives are damaged', async (t) => {
  for (const format of ['zip', '7z', 'tar', 'tar.gz', 'tar.bz2', 'tar.xz', 'gz', 'bz2', 'xz']) {
    const { running, inputs } = await localJob(t, { noise: noise(100_000) }, { format });
    const { files } = await compress(running, inputs);
    const whole = await readFile(files[0]?.location ?? '');
    const { opened } = await open(t, `a.${format}`, whole.subarray(0, 60_000));
    await t.rejects(entriesIn(opened), failure('archive-corrupt'), format);
  }
});

t.test('a bomb is stopped while it is unwrapped', async (t) => {
  const limits = { ...defaultLimits, ratioFrom: 10_000_000, ratio: 10 };
  const bomb = gzipSync(Buffer.alloc(15_000_000));
  const { opened, running } = await open(t, 'a.gz', bomb, limits);
  await t.rejects(opened, failure('archive-too-large'));
  const [, file = ''] = (await readdir(running.directory)).sort();
  t.ok((await stat(join(running.directory, file))).size <= 10_000_000);
});

/** Writes a dictionary of 1 GiB into the first block's header and mends its sum. */
function withGreatDictionary(xz: Buffer): Buffer {
  const blockAt = 12;
  const sumAt = blockAt + xz.readUInt8(blockAt) * 4;
  const filterAt = xz.indexOf(Buffer.of(0x21, 0x01), blockAt);
  xz.writeUInt8(36, filterAt + 2);
  xz.writeUInt32LE(crc32(xz.subarray(blockAt, sumAt)), sumAt);
  return xz;
}

t.test('a dictionary that takes too much memory is too demanding', async (t) => {
  const { running, inputs } = await localJob(t, { a: noise(100) }, { format: 'xz' });
  const [result] = (await compress(running, inputs)).files;
  const xz = await readFile(result?.location ?? '');
  t.match(await entriesIn((await open(t, 'a.xz', xz)).opened), [{ size: 100 }]);
  const { opened } = await open(t, 'a.xz', withGreatDictionary(xz));
  await t.rejects(opened, failure('archive-too-demanding'));
});

t.test('a window that takes too much memory, too', async (t) => {
  const frame = Buffer.alloc(100);
  frame.writeUInt32LE(0xfd2f_b528);
  frame.writeUInt8(20 << 3, 5);
  await t.rejects((await open(t, 'a.zst', frame)).opened, failure('archive-too-demanding'));
});

t.test('an archive in an archive is a file', async (t) => {
  const inner = zipBytes([{ name: 'a' }]);
  const zip = zipBytes([{ name: 'inner.zip', data: inner }]);
  t.match(await entriesIn((await open(t, 'a.zip', zip)).opened), [{ path: 'inner.zip' }]);
  const { opened } = await open(t, 'inner.zip.gz', gzipSync(inner));
  t.match(await entriesIn(opened), [{ path: 'inner.zip', kind: 'file', size: inner.length }]);
  const twice = await open(t, 'a.gz.gz', gzipSync(gzipSync(tarBytes([{ name: 'a' }]))));
  t.match(await entriesIn(twice.opened), [{ path: 'a.gz' }]);
});

t.test('a part of a package that says it is a link or a pipe is damaged', async (t) => {
  const secret = `${await freshFolder(t)}/secret.tar`;
  await writeFile(secret, tarBytes([{ name: 'secret' }]));
  const binary = { name: 'debian-binary', data: Buffer.from('2.0\n') };
  const control = { name: 'control.tar', data: tarBytes([{ name: 'control' }]) };
  const data = { name: 'data.tar', data: Buffer.from(secret) };
  for (const mode of ['120777', '010644']) {
    const deb = arBytes([binary, control, { ...data, mode }]);
    await t.rejects((await open(t, 'a.deb', deb)).opened, failure('archive-corrupt'), mode);
  }
});

t.test('a package without its parts is damaged', async (t) => {
  const deb = arBytes([{ name: 'debian-binary', data: Buffer.from('2.0\n') }]);
  await t.rejects((await open(t, 'a.deb', deb)).opened, failure('archive-corrupt'));
});
