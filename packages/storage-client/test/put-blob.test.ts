import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { setImmediate as tick } from 'node:timers/promises';
import { blobKey } from '@comprimemelo/contracts/blob-keys';
import { testStorage } from '@comprimemelo/testing/storage';
import t from 'tap';
import { createStorageClient } from '../src/storage-client.js';
import { StorageUnavailable } from '../src/storage-errors.js';

const storage = await testStorage();
t.teardown(() => storage.stop());
const client = storage.client();

const newKey = () => blobKey('uploads', randomUUID());

/** A source that has given its first bytes and then says no more. */
function stalled(): Readable {
  const source = new Readable({ read: () => undefined });
  source.push(Buffer.alloc(100_000));
  return source;
}

async function untilReceiving(): Promise<void> {
  while ((await storage.filesIn('tmp')).length === 0) await tick();
}

async function untilNothingIsLeft(): Promise<void> {
  while ((await storage.filesIn('tmp')).length > 0) await tick();
  t.same(await storage.filesIn('uploads'), []);
}

t.test('a source that fails is not kept, and its own error is thrown', async (t) => {
  const source = stalled();
  const putting = t.rejects(client.put(newKey(), source), { message: 'the source broke' });
  await untilReceiving();
  source.destroy(new Error('the source broke'));
  await putting;
  await untilNothingIsLeft();
});

t.test('a source that closes without an end is not taken for a shorter one', async (t) => {
  const source = stalled();
  const putting = t.rejects(client.put(newKey(), source), { code: 'ERR_STREAM_PREMATURE_CLOSE' });
  await untilReceiving();
  source.destroy();
  await putting;
  await untilNothingIsLeft();
});

t.test('a signal ends it, before and in the middle, and frees the source', async (t) => {
  const before = stalled();
  const reason = new Error('enough');
  const signal = AbortSignal.abort(reason);
  await t.rejects(client.put(newKey(), before, { signal }), reason);
  t.ok(before.destroyed);

  const source = stalled();
  const controller = new AbortController();
  const putting = t.rejects(client.put(newKey(), source, { signal: controller.signal }), reason);
  await untilReceiving();
  controller.abort(reason);
  await putting;
  t.ok(source.destroyed);
  await untilNothingIsLeft();
});

t.test('a source that is too long is cut off', async (t) => {
  const source = Readable.from([Buffer.alloc(600), Buffer.alloc(401)]);
  const putting = client.put(newKey(), source, { maxBytes: 1_000 });
  await t.rejects(putting, { code: 'upload-too-large' });
  t.ok(source.destroyed);
  await untilNothingIsLeft();
  const exact = client.put(newKey(), [Buffer.alloc(600), Buffer.alloc(400)], { maxBytes: 1_000 });
  t.match(await exact, { size: 1_000 });
});

t.test('a size that is not what was sent is a fault of storage', async (t) => {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(201).end('{"size":7,"sha256":"00"}'));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const lied = createStorageClient({ url, identity: () => 'Bearer x' });
  const error: unknown = await lied.put(newKey(), [Buffer.alloc(8)]).catch((fault) => fault);
  t.ok(error instanceof StorageUnavailable);
  t.match((error as Error).cause, /stored 7 of 8 bytes/);
  await lied.close();
  server.close();
});

t.test('many at once', async (t) => {
  const puts = Array.from({ length: 100 }, () => client.put(newKey(), [Buffer.alloc(10_240)]));
  t.ok((await Promise.all(puts)).every(({ size }) => size === 10_240));
});
