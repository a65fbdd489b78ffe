import { randomUUID } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { blobAreas } from '@comprimemelo/contracts/blob-keys';
import t from 'tap';
import { serveStorage } from './serve-storage.js';

const storage = await serveStorage();
t.teardown(() => storage.close());

const id = randomUUID();
const shard = id.slice(-2);
await writeFile(join(storage.root, 'secret'), 'secret');
await mkdir(join(storage.root, 'uploads', 'secret'));

const leaving = [
  '../secret',
  '..%2fsecret',
  '..%2Fsecret',
  'uploads/../secret',
  'uploads/%2e%2e/secret',
  `uploads/..%2f..%2f${id}`,
  `uploads/${shard}/../../secret`,
  `uploads/${shard}/${id}/../../../secret`,
  `uploads/${shard}/${id}%00`,
  `uploads/${shard}/${id}%0a`,
  `uploads/${shard}/${id}/`,
  `uploads/${shard}/${id.toUpperCase().replace(/\d/g, 'A')}`,
  `uploads//${id}`,
  `uploads/./${shard}/${id}`,
  `/uploads/${shard}/${id}`,
  `tmp/${shard}/${id}`,
  `uploads%5c..%5csecret`,
  'uploads',
  `${join(storage.root, 'secret')}`,
  'secret',
  '',
];

for (const key of leaving) {
  t.test(`"${key}" is no key`, async (t) => {
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE']) {
      const body = method === 'PUT' ? 'written' : '';
      const answer = await storage.ask({ method, path: `/blobs/${key}`, body });
      t.ok(answer.status === 400 || answer.status === 404, `${method}: ${answer.status}`);
    }
    const decoded = decodeURIComponent(key);
    const header = JSON.stringify({ key: decoded, size: 7 });
    const batch = { method: 'POST', path: '/blobs', body: `${header}\nwritten` };
    t.equal((await storage.ask(batch)).status, 400);
    const headers = { 'content-type': 'application/json' };
    const deletion = { method: 'POST', path: '/blobs/delete', headers };
    const body = JSON.stringify({ keys: [decoded] });
    t.equal((await storage.ask({ ...deletion, body })).status, 400);
  });
}

t.test('nothing was written or deleted by them', async (t) => {
  t.same((await readdir(storage.root)).sort(), [...blobAreas, 'secret', 'tmp'].sort());
  t.same(await readdir(join(storage.root, 'tmp')), []);
  t.same(await readdir(join(storage.root, 'uploads', shard)), []);
});
