import { randomUUID } from 'node:crypto';
import { access, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { blobKey } from '@comprimemelo/contracts/blob-keys';
import t from 'tap';
import { serveStorage } from '../serve-storage.js';

const storage = await serveStorage();
t.teardown(() => storage.close());

const remove = (key: string) => storage.ask({ method: 'DELETE', path: `/blobs/${key}` });

t.test('204, and again where nothing is left', async (t) => {
  const key = blobKey('uploads', randomUUID());
  await writeFile(join(storage.root, key), 'x');
  t.equal((await remove(key)).status, 204);
  await t.rejects(access(join(storage.root, key)), { code: 'ENOENT' });
  t.equal((await remove(key)).status, 204);
});

t.test('a link goes, what it points to stays', async (t) => {
  const key = blobKey('uploads', randomUUID());
  const target = join(storage.root, 'outside');
  await writeFile(target, 'x');
  await symlink(target, join(storage.root, key));
  t.equal((await remove(key)).status, 204);
  await t.resolves(access(target));
});
