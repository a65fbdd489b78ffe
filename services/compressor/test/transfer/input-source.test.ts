import { mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { blobKey } from '@comprimemelo/contracts/blob-keys';
import { freshFolder, noise } from '@comprimemelo/testing/folders';
import { testStorage } from '@comprimemelo/testing/storage';
import t, { type Test } from 'tap';
import { v7 } from 'uuid';
import { createInputSource } from '../../src/transfer/input-source.js';

const { signal } = new AbortController();

const server = await testStorage();
t.teardown(() => server.stop());

async function stored(bytes: Buffer): Promise<string> {
  const key = blobKey('uploads', v7());
  await server.client('tasks').put(key, [bytes]);
  return key;
}

/** Storage's client, and the keys that it was asked for. */
function counted() {
  const asked: string[] = [];
  const client = server.client('compressor');
  const get: typeof client.get = (key, options) => {
    asked.push(key);
    return client.get(key, options);
  };
  return { asked, storage: { get } };
}

const read = async (t: Test, key: string, blobRoot?: string) => {
  const { asked, storage } = counted();
  const bytes = await buffer(await createInputSource({ storage, blobRoot }).open(key, signal));
  t.comment(`${asked.length} asked of storage`);
  return { bytes, asked };
};

t.test('without the disk, storage gives every input', async (t) => {
  const bytes = noise(3_000_000);
  const key = await stored(bytes);
  t.strictSame(await read(t, key), { bytes, asked: [key] });
});

t.test('with the disk, storage is not asked', async (t) => {
  const bytes = noise(3_000_000);
  const key = await stored(bytes);
  t.strictSame(await read(t, key, server.root), { bytes, asked: [] });
});

t.test('a disk that has no such blob, or a link for it, proves nothing', async (t) => {
  const bytes = noise(10);
  const key = await stored(bytes);
  const other = await freshFolder(t);
  t.strictSame(await read(t, key, other), { bytes, asked: [key] });

  await mkdir(dirname(join(other, key)), { recursive: true });
  await symlink('/etc/hostname', join(other, key));
  t.strictSame(await read(t, key, other), { bytes, asked: [key] });
});

t.test('what is nowhere, and what nobody wants any more', async (t) => {
  const { open, link } = createInputSource({
    storage: counted().storage,
    blobRoot: server.root,
  });
  const gone = await stored(noise(10));
  await rename(join(server.root, gone), join(await freshFolder(t), 'moved'));
  await t.rejects(open(gone, signal), { code: 'blob-not-found' });
  t.equal(await link(gone, join(await freshFolder(t), 'a')), undefined);
  await t.rejects(open(gone, AbortSignal.abort(new Error('cut'))), { message: 'cut' });
});

t.test('a blob gets a second name where it lies on the same disk', async (t) => {
  const bytes = noise(3_000_000);
  const key = await stored(bytes);
  const { storage, asked } = counted();
  const location = join(await freshFolder(t), 'a.txt');
  t.equal(await createInputSource({ storage }).link(key, location), undefined, 'no disk');
  const { link } = createInputSource({ storage, blobRoot: server.root });
  t.equal(await link(key, location), bytes.length);
  t.strictSame(await readFile(location), bytes);
  await rm(location);
  t.strictSame(await readFile(join(server.root, key)), bytes, 'the blob stays');
  t.strictSame(asked, []);
});

t.test('a link in the place of a blob gets no second name', async (t) => {
  const root = await freshFolder(t);
  await symlink('/etc/hostname', join(root, 'blob'));
  const { link } = createInputSource({ storage: counted().storage, blobRoot: root });
  t.equal(await link('blob', join(root, 'a')), undefined);
  t.strictSame(await readdir(root), ['blob']);
});
