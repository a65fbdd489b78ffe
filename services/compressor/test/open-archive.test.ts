import { access, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, gzipSync } from 'node:zlib';
import t from 'tap';
import { openArchive } from '../src/open-archive.js';
import { compress } from '../src/operations/compress.js';
import { noise } from './fixtures/folders.js';
import { failure } from './fixtures/problems.js';
import { localJob } from './fixtures/running-job.js';
import { tarBytes } from './fixtures/tar-bytes.js';
import { zipBytes } from './fixtures/zip-bytes.js';

async function open(t: Parameters<typeof localJob>[0], name: string, bytes: Buffer) {
  const { running, inputs } = await localJob(t, { [name]: bytes });
  const [input] = inputs;
  if (!input) throw new Error('there is an input');
  return { running, opened: openArchive(running, input, () => undefined) };
}

t.test('goes by content, not by name', async (t) => {
  const tar = tarBytes([{ name: 'a', data: noise(5) }]);
  const { opened } = await open(t, 'a.zip', gzipSync(tar));
  t.match((await opened).entries, [{ path: 'a', size: 5 }]);
});

t.test('a wrapped file has its archive for a name and its true size', async (t) => {
  const { opened, running } = await open(t, 'notes.txt.gz', gzipSync(noise(1_000)));
  const archive = await opened;
  t.match(archive.entries, [{ path: 'notes.txt', size: 1_000, kind: 'file' }]);
  await archive.close();
  t.strictSame(await readdir(running.directory), ['in']);
});

t.test('other content is unsupported, or damaged where its name promises an archive', async (t) => {
  for (const [name, bytes, slug] of [
    ['a.txt', noise(100), 'unsupported-archive'],
    ['a.rar', Buffer.from('Rar!\x1a\x07\x01\x00'), 'unsupported-archive'],
    ['a.zip', noise(100), 'archive-corrupt'],
    ['a.tar.xz', Buffer.alloc(0), 'archive-corrupt'],
    ['a', Buffer.alloc(0), 'archive-corrupt'],
  ] as const) {
    await t.rejects((await open(t, name, bytes)).opened, failure(slug), name);
  }
});

t.test('truncated archives are damaged', async (t) => {
  for (const format of ['zip', '7z', 'tar.gz', 'tar.bz2', 'tar.xz', 'gz', 'bz2', 'xz']) {
    const { running, inputs } = await localJob(t, { noise: noise(100_000) }, { format });
    const [result] = await compress(running, inputs);
    const whole = await readFile(result?.location ?? '');
    const { opened } = await open(t, `a.${format}`, whole.subarray(0, 60_000));
    await t.rejects(opened, failure('archive-corrupt'), format);
  }
});

t.test('a bomb is stopped while it is unwrapped', async (t) => {
  const { opened, running } = await open(t, 'a.gz', gzipSync(Buffer.alloc(150_000_000)));
  await t.rejects(opened, failure('archive-too-large'));
  const [, file = ''] = (await readdir(running.directory)).sort();
  t.ok((await stat(join(running.directory, file))).size <= 100_000_000);
});

t.test('too many entries are counted while they are listed', async (t) => {
  const header = tarBytes([{ name: 'a' }]).subarray(0, 512);
  const { opened } = await open(t, 'a.tar', Buffer.concat(Array(100_001).fill(header)));
  await t.rejects(opened, failure('archive-too-large'));
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
  const [result] = await compress(running, inputs);
  const xz = await readFile(result?.location ?? '');
  t.match((await (await open(t, 'a.xz', xz)).opened).entries, [{ size: 100 }]);
  const { opened } = await open(t, 'a.xz', withGreatDictionary(xz));
  await t.rejects(opened, failure('archive-too-demanding'));
});

t.test('an encrypted listing needs a password', async (t) => {
  const { running, opened } = await open(t, 'a.zip', zipBytes([{ name: 'a', encrypted: true }]));
  t.match((await opened).entries, [{ encrypted: true }]);
  await access(running.directory);
});
