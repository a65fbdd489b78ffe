import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { blobKey } from '@comprimemelo/contracts/blob-keys';
import { testStorage } from '@comprimemelo/testing/storage';
import t from 'tap';
import { createStorageClient } from '../src/storage-client.js';

const newKey = () => blobKey('results', randomUUID());

t.test('more than one request takes go, and nothing else', async (t) => {
  const storage = await testStorage();
  t.teardown(() => storage.stop());
  const client = storage.client('tasks');
  const blobs = Array.from({ length: 1_002 }, () => ({ key: newKey(), bytes: Buffer.from('x') }));
  await client.putMany(blobs);
  const [kept, ...gone] = blobs.map(({ key }) => key);
  await client.deleteMany([...gone, newKey()]);
  t.same(await storage.filesIn('results'), [kept?.split('/').at(-1)]);
  await client.deleteMany([]);
});

t.test('every key is tried, then the failure is thrown', async (t) => {
  const counts: number[] = [];
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    const { keys } = JSON.parse(Buffer.concat(chunks).toString()) as { keys: string[] };
    counts.push(keys.length);
    response.writeHead(counts.length === 1 ? 503 : 204).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = createStorageClient({ url, identity: () => 'Bearer x' });
  t.teardown(async () => {
    await client.close();
    server.close();
  });
  const keys = Array.from({ length: 2_500 }, newKey);
  await t.rejects(client.deleteMany(keys), { code: 'unavailable' });
  t.same(counts, [1_000, 1_000, 500]);
});
