import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { tarBytes } from '@comprimemelo/testing/archives/tar-bytes';
import { zipBytes } from '@comprimemelo/testing/archives/zip-bytes';
import { freshFolder, noise, readFiles } from '@comprimemelo/testing/folders';
import t, { type Test } from 'tap';
import { writeNameList } from '../../../src/engines/seven-zip/name-list.js';
import { openSevenZip } from '../../../src/engines/seven-zip/seven-zip.js';
import { type ExtractOptions, extract, unwrap } from '../../../src/engines/seven-zip/unpack.js';
import { goneInASecond, untilWorking } from '../../fixtures/programs/processes.js';

const sevenZip = await openSevenZip();

const options: Omit<ExtractOptions, 'type'> = {
  threads: 2,
  signal: new AbortController().signal,
  onPercent: () => undefined,
  mostBytes: 10_000_000,
  mostFiles: 1_000,
  lists: {},
  memoryBytes: 1024 ** 3,
};

async function prepare(t: Test, bytes: Buffer) {
  const root = await freshFolder(t);
  const folder = join(root, 'deep', 'out');
  await mkdir(folder, { recursive: true });
  const archive = join(root, 'archive');
  await writeFile(archive, bytes);
  return { root, folder, archive, file: join(root, 'file') };
}

t.test('extracts with paths', async (t) => {
  const { folder, archive } = await prepare(
    t,
    zipBytes([
      { name: 'a/b/c.txt', data: Buffer.from('c') },
      { name: 'ä.txt', data: Buffer.from('a') },
    ]),
  );
  await extract(sevenZip, { archive, folder }, { ...options, type: 'zip' });
  t.strictSame(await readFiles(folder), {
    'a/b/c.txt': Buffer.from('c'),
    'ä.txt': Buffer.from('a'),
  });
});

t.test(
  'nothing leaves the folder and no symbolic link is made, whatever is asked of it',
  async (t) => {
    const { root, folder, archive } = await prepare(
      t,
      tarBytes([
        { name: '../../../up', data: Buffer.from('x') },
        { name: '/tmp/absolute', data: Buffer.from('x') },
        { name: 'link', type: '2', link: '../..' },
        { name: 'link/through', data: Buffer.from('x') },
      ]),
    );
    await extract(sevenZip, { archive, folder }, { ...options, type: 'tar' }).catch(
      () => undefined,
    );
    t.strictSame(await readdir(root), ['archive', 'deep']);
    t.strictSame(await readdir(join(root, 'deep')), ['out']);
    const made = await readdir(folder, { recursive: true, withFileTypes: true });
    t.notOk(made.some((entry) => entry.isSymbolicLink()));
  },
);

t.test('stops when more comes out than may, in one file or in many', async (t) => {
  const one = await prepare(t, zipBytes([{ name: 'a', data: Buffer.alloc(30_000_000) }]));
  await t.rejects(extract(sevenZip, one, { ...options, type: 'zip' }), {
    name: 'OutputLimitError',
  });
  t.ok((await stat(join(one.folder, 'a'))).size <= options.mostBytes);

  const data = Buffer.alloc(9_000_000);
  const entries = Array.from({ length: 400 }, (_, at) => ({ name: `${at}`, data }));
  const many = await prepare(t, zipBytes(entries, { overlapping: true }));
  await t.rejects(extract(sevenZip, many, { ...options, type: 'zip' }), {
    name: 'OutputLimitError',
  });
  const files = await readFiles(many.folder);
  const bytes = Object.values(files).reduce((sum, { length }) => sum + length, 0);
  t.ok(bytes < 400 * 9_000_000, `${bytes}`);
});

t.test('stops when more files come out than may', async (t) => {
  const entries = Array.from({ length: 50_000 }, (_, at) => ({ name: `${at}` }));
  const { folder, archive } = await prepare(t, zipBytes(entries));
  await t.rejects(extract(sevenZip, { archive, folder }, { ...options, type: 'zip' }), {
    name: 'OutputLimitError',
  });
  const { length } = await readdir(folder);
  t.ok(length < entries.length, `${length}`);
});

t.test('takes what it is told to and leaves out the rest, whatever the names', async (t) => {
  const bad = Buffer.from('caf\x82', 'latin1');
  const names = ['d/a', ' lead', '"q" x', '@at', '-dash', 'st*r', bad, 'd/b', 'other'];
  const entries = names.map((name) => ({ name, data: Buffer.from(name) }));
  const { root, folder, archive } = await prepare(t, tarBytes(entries));
  const raw = names.map((name) => Buffer.from(name).toString('latin1'));
  const lists = { only: join(root, 'only'), leftOut: join(root, 'leftOut') };
  await writeNameList(lists.only, ['d', ...raw.slice(1, -2)]);
  await writeNameList(lists.leftOut, ['d/b']);
  await extract(sevenZip, { archive, folder }, { ...options, type: 'tar', lists });
  const found = await readdir(folder, { encoding: 'buffer' });
  t.strictSame(
    found.map((name) => name.toString('latin1')).sort(),
    ['d', ...raw.slice(1, -2)].sort(),
  );
  t.strictSame(await readdir(join(folder, 'd')), ['a']);
});

t.test('unwraps into a file', async (t) => {
  const data = noise(100_000);
  const { archive, file } = await prepare(t, gzipSync(data));
  await unwrap(sevenZip, { archive, file }, { ...options, type: 'gzip' });
  t.strictSame(await readFile(file), data);
});

t.test('what other programs packed, too', async (t) => {
  const data = noise(100_000);
  for (const [program, type] of [
    ['bzip2', 'bzip2'],
    ['xz', 'xz'],
  ] as const) {
    const packed = execFileSync(program, ['-c'], { input: data });
    const { archive, file } = await prepare(t, packed);
    await unwrap(sevenZip, { archive, file }, { ...options, type });
    t.strictSame(await readFile(file), data);
  }
});

t.test('stops in the middle of a bomb', async (t) => {
  const { archive, file } = await prepare(t, gzipSync(Buffer.alloc(100_000_000)));
  await t.rejects(unwrap(sevenZip, { archive, file }, { ...options, type: 'gzip' }), {
    name: 'OutputLimitError',
  });
  t.ok((await stat(file)).size <= options.mostBytes);
});

t.test('a damaged stream is a failure', async (t) => {
  const whole = gzipSync(noise(100_000));
  const { archive, file } = await prepare(t, whole.subarray(0, 50_000));
  await t.rejects(unwrap(sevenZip, { archive, file }, { ...options, type: 'gzip' }), {
    name: 'SevenZipError',
  });
});

t.test('an aborted signal ends it within a second', async (t) => {
  const { root, folder, archive } = await prepare(
    t,
    zipBytes([{ name: 'a', data: Buffer.alloc(400_000_000) }]),
  );
  const controller = new AbortController();
  const bounds = { ...options, mostBytes: 1e9, signal: controller.signal };
  const extracted = extract(sevenZip, { archive, folder }, { ...bounds, type: 'zip' });
  extracted.catch(() => undefined);
  await untilWorking(root, 1);
  controller.abort(new Error('cancelled'));
  t.ok(await goneInASecond(root));
  await t.rejects(extracted, { message: 'cancelled' });
});
