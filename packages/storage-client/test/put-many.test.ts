import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { blobKey } from '@comprimemelo/contracts/blob-keys';
import { limits } from '@comprimemelo/contracts/limits';
import { testStorage } from '@comprimemelo/testing/storage';
import t from 'tap';
import type { SmallBlob } from '../src/put-many.js';
import { createStorageClient } from '../src/storage-client.js';

const storage = await testStorage();
t.teardown(() => storage.stop());
const client = storage.client();

const newBlob = (bytes: Uint8Array): SmallBlob => ({
  key: blobKey('results', randomUUID()),
  bytes,
});
const described = ({ bytes }: SmallBlob) => ({
  size: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
});

t.test('more blobs than one request takes are described in their order', async (t) => {
  const blobs = Array.from({ length: 2_100 }, (_, at) => newBlob(randomBytes(at % 50)));
  t.same(await client.putMany(blobs), blobs.map(described));
  t.equal((await storage.filesIn('results')).length, 2_100);
  t.same(await storage.filesIn('tmp'), []);
  for (const { key, bytes } of [blobs[0], blobs[999], blobs[1_000], blobs[2_099]] as SmallBlob[]) {
    t.ok((await buffer((await client.get(key)).stream)).equals(bytes));
  }
  t.same(await client.putMany([]), []);
});

t.test('more bytes than one request takes go in several', async (t) => {
  const bytes = randomBytes(limits.batchBytes / 2 - 1);
  const whole = randomBytes(limits.batchBytes);
  const blobs = [bytes, bytes, bytes, whole, bytes].map(newBlob);
  t.same(await client.putMany(blobs), blobs.map(described));
});

t.test('a blob that no request takes is refused', async (t) => {
  const long = newBlob(Buffer.alloc(limits.batchBytes + 1));
  await t.rejects(client.putMany([long]), { code: 'upload-too-large' });
});

t.test('blobs are made as they are taken, and no further after a failure', async (t) => {
  let made = 0;
  async function* endless() {
    for (;;) {
      made += 1;
      yield { key: 'results/no/key', bytes: Buffer.alloc(100_000) };
    }
  }
  await t.rejects(client.putMany(endless()), /storage answered 400/);
  // Two batches on their way, one that is put together for each of them.
  t.ok(made < (4 * limits.batchBytes) / 100_000, `${made} were made`);
});

t.test('the error of who makes them is thrown', async (t) => {
  async function* failing() {
    yield newBlob(Buffer.from('x'));
    throw new Error('no more');
  }
  await t.rejects(client.putMany(failing()), { message: 'no more' });
});

t.test('a signal ends it', async (t) => {
  const reason = new Error('enough');
  const signal = AbortSignal.abort(reason);
  await t.rejects(client.putMany([newBlob(Buffer.from('x'))], { signal }), reason);
});

t.test('an answer that does not describe what was sent is a fault of storage', async (t) => {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(201).end('{"items":[]}'));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const lied = createStorageClient({ url, identity: () => 'Bearer x' });
  await t.rejects(lied.putMany([newBlob(Buffer.from('x'))]), { code: 'unavailable' });
  await lied.close();
  server.close();
});
