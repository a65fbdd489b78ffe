import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { blobKey } from '@comprimemelo/contracts/blob-keys';
import { testStorage } from '@comprimemelo/testing/storage';
import t from 'tap';
import { StorageUnavailable } from '../src/storage-errors.js';

const storage = await testStorage();
t.teardown(() => storage.stop());
const client = storage.client();
const key = blobKey('results', randomUUID());
const size = 50_000_000;
await client.put(key, [Buffer.alloc(size)]);

t.test('a signal ends a stream with its reason', async (t) => {
  const controller = new AbortController();
  const { stream } = await client.get(key, { signal: controller.signal });
  await once(stream, 'readable');
  const reading = t.rejects(buffer(stream), { message: 'enough' });
  controller.abort(new Error('enough'));
  await reading;
});

t.test('a stream that is left is no harm to the next', async (t) => {
  const { stream } = await client.get(key);
  stream.destroy();
  await once(stream, 'close');
  t.equal((await buffer((await client.get(key)).stream)).length, size);
});

t.test('storage goes away in the middle: an error, never a shorter blob', async (t) => {
  const { stream } = await client.get(key);
  await once(stream, 'readable');
  await storage.kill();
  const error: unknown = await buffer(stream).catch((fault) => fault);
  t.ok(error instanceof StorageUnavailable);
  await storage.restart();
  t.equal((await buffer((await client.get(key)).stream)).length, size);
});
