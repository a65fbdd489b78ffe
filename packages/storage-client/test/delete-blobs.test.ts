import { randomUUID } from 'node:crypto';
import { blobKey } from '@comprimemelo/contracts/blob-keys';
import { testStorage } from '@comprimemelo/testing/storage';
import t from 'tap';
import { deleteBlobs } from '../src/delete-blobs.js';

const storage = await testStorage();
t.teardown(() => storage.stop());

t.test('deletes what is there and does not mind what is not', async (t) => {
  const client = storage.client('tasks');
  const key = blobKey('results', randomUUID());
  await client.put(key, [Buffer.alloc(10)]);
  await deleteBlobs(client, [blobKey('results', randomUUID()), key]);
  t.same(await storage.filesIn('results'), []);
  await deleteBlobs(client, []);
});

t.test('never throws, where storage refuses or is away', async (t) => {
  const key = blobKey('results', randomUUID());
  await storage.client('tasks').put(key, [Buffer.alloc(10)]);
  await deleteBlobs(storage.client('compressor'), [key]);
  t.same(await storage.filesIn('results'), [key.split('/').at(-1)]);
  await storage.kill();
  await deleteBlobs(storage.client('tasks'), [key]);
});
