import { randomUUID } from 'node:crypto';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { blobKey } from '@comprimemelo/contracts/blob-keys';
import { limits } from '@comprimemelo/contracts/limits';
import t from 'tap';
import { type Question, serveStorage, slugOf } from '../serve-storage.js';

const storage = await serveStorage();
t.teardown(() => storage.close());

const newKey = () => blobKey('uploads', randomUUID());
const pathOf = (key: string) => join(storage.root, key);
const remove = (keys: unknown, more: Partial<Question> = {}) =>
  storage.ask({
    method: 'POST',
    path: '/blobs/delete',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ keys }),
    ...more,
  });

async function written(): Promise<string> {
  const key = newKey();
  await writeFile(pathOf(key), 'x');
  return key;
}

t.test('204, whatever of them was there', async (t) => {
  const keys = [await written(), newKey(), await written()];
  t.equal((await remove(keys)).status, 204);
  for (const key of keys) await t.rejects(access(pathOf(key)), { code: 'ENOENT' });
  t.equal((await remove(keys)).status, 204);
});

t.test('what cannot be deleted keeps none of the others', async (t) => {
  const [stuck, ...keys] = [newKey(), await written(), await written()];
  await mkdir(pathOf(stuck));
  t.equal((await remove([stuck, ...keys])).status, 500);
  for (const key of keys) await t.rejects(access(pathOf(key)), { code: 'ENOENT' });
});

t.test('nothing is deleted where one key is none, or is not the caller’s to delete', async (t) => {
  const key = await written();
  const tooMany = Array.from({ length: limits.batchBlobs }, newKey);
  for (const keys of [[key, '../secret'], [key, `tmp/00/${randomUUID()}`], [key, ...tooMany], []]) {
    const answer = await remove(keys);
    t.equal(slugOf(answer), 'invalid-request');
  }
  t.equal((await remove([key], { body: '{' })).status, 400);
  const foreign = blobKey('manifests', randomUUID());
  t.equal(slugOf(await remove([key, foreign], { as: 'files' })), 'forbidden');
  t.equal((await remove([key], { as: 'compressor' })).status, 403);
  await t.resolves(access(pathOf(key)));
});
