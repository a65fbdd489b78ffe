import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { blobKey } from '@comprimemelo/contracts/blob-keys';
import { testStorage } from '@comprimemelo/testing/storage';
import t from 'tap';
import { createStorageClient, type StorageClient } from '../src/storage-client.js';
import { BlobNotFound, StorageUnavailable } from '../src/storage-errors.js';

const storage = await testStorage();
t.teardown(() => storage.stop());
const client = storage.client();

const newKey = () => blobKey('uploads', randomUUID());
const bytes = randomBytes(500_000);
const key = newKey();

t.test('put tells the size and the SHA-256 of what is kept', async (t) => {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  t.same(await client.put(key, [bytes.subarray(0, 9), bytes.subarray(9)]), {
    size: 500_000,
    sha256,
  });
});

t.test('get streams all of it, or a range', async (t) => {
  const whole = await client.get(key);
  t.match(whole, { size: 500_000, length: 500_000 });
  t.ok(bytes.equals(await buffer(whole.stream)));
  const part = await client.get(key, { range: { start: 10, end: 19 } });
  t.match(part, { size: 500_000, length: 10 });
  t.ok(bytes.subarray(10, 20).equals(await buffer(part.stream)));
  const rest = await client.get(key, { range: { start: 499_990 } });
  t.ok(bytes.subarray(499_990).equals(await buffer(rest.stream)));
  await t.rejects(client.get(key, { range: { start: 500_000 } }), {
    code: 'range-not-satisfiable',
  });
});

t.test('head tells size and time', async (t) => {
  const { size, modifiedAt } = await client.head(key);
  t.equal(size, 500_000);
  t.ok(Math.abs(Date.now() - modifiedAt.getTime()) < 600_000);
});

t.test('list goes on where a page ended', async (t) => {
  await client.put(newKey(), []);
  const first = await client.list({ area: 'uploads', limit: 1 });
  t.equal(first.items.length, 1);
  const last = await client.list({ area: 'uploads', after: first.nextAfter ?? '' });
  t.equal(last.items.length, 1);
  t.equal(last.nextAfter, null);
  t.ok([...first.items, ...last.items].some((item) => item.key === key && item.size === 500_000));
});

t.test('what is deleted is not found', async (t) => {
  await client.delete(key);
  await client.delete(key);
  for (const call of [client.get(key), client.head(key)]) {
    const error = await call.then(
      () => undefined,
      (fault: unknown) => fault,
    );
    t.ok(error instanceof BlobNotFound);
  }
});

t.test('an identity that storage refuses is no passing fault', async (t) => {
  await t.rejects(storage.client('compressor').delete(key), /storage answered 403/);
  const stranger = createStorageClient({ url: storage.url, identity: () => 'Bearer x.y.z' });
  t.teardown(() => stranger.close());
  await t.rejects(stranger.head(key), /storage answered 401/);
});

async function fault(call: (client: StorageClient) => Promise<unknown>, url: string) {
  const client = createStorageClient({ url, identity: () => 'Bearer x' });
  try {
    await call(client);
    return undefined;
  } catch (error) {
    return error;
  } finally {
    await client.close();
  }
}

const calls: Record<string, (client: StorageClient) => Promise<unknown>> = {
  put: (client) => client.put(key, [Buffer.alloc(1_000_000)]),
  putMany: (client) => client.putMany([{ key, bytes: Buffer.alloc(1_000_000) }]),
  get: (client) => client.get(key),
  head: (client) => client.head(key),
  delete: (client) => client.delete(key),
  deleteMany: (client) => client.deleteMany([key]),
  list: (client) => client.list({ area: 'uploads' }),
};

for (const [name, call] of Object.entries(calls)) {
  t.test(`${name}: storage is away, hangs up, or fails`, async (t) => {
    const hangsUp = createTcpServer((socket) => socket.destroy());
    const fails = createServer((_request, response) => response.writeHead(503).end('{}'));
    for (const server of [hangsUp, fails]) {
      await new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', resolve);
      });
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      t.ok((await fault(call, url)) instanceof StorageUnavailable);
      server.close();
      if (server === hangsUp) t.ok((await fault(call, url)) instanceof StorageUnavailable, 'away');
    }
  });
}
