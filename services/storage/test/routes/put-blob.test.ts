import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { blobKey } from '@comprimemelo/contracts/blob-keys';
import t from 'tap';
import { serveStorage, slugOf } from '../serve-storage.js';

const storage = await serveStorage(40 * 1024 * 1024);
t.teardown(() => storage.close());

const newKey = () => blobKey('uploads', randomUUID());
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const kept = (key: string) => readFile(join(storage.root, key));
const incoming = () => readdir(join(storage.root, 'tmp'));
const put = (key: string, body: Buffer | string, headers = {}) =>
  storage.ask({ method: 'PUT', path: `/blobs/${key}`, body, headers });

for (const size of [0, 1, 65_537, 35 * 1024 * 1024]) {
  t.test(`${size} bytes are kept, counted and hashed`, async (t) => {
    const key = newKey();
    const bytes = randomBytes(size);
    const answer = await put(key, bytes);
    t.equal(answer.status, 201);
    t.same(JSON.parse(answer.body.toString()), { size, sha256: sha256(bytes) });
    t.ok(bytes.equals(await kept(key)));
    t.same(await incoming(), []);
  });
}

t.test('the body is bytes, whatever its type says', async (t) => {
  for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x']) {
    const key = newKey();
    const answer = await put(key, '{not json', { 'content-type': type });
    t.equal(answer.status, 201, type);
    t.equal((await kept(key)).toString(), '{not json');
  }
});

t.test('a second put replaces the first', async (t) => {
  const key = newKey();
  await put(key, 'first and longer');
  t.equal((await put(key, 'second')).status, 201);
  t.equal((await kept(key)).toString(), 'second');
});

t.test('two puts of one key at once leave one whole body', async (t) => {
  const key = newKey();
  const bodies = [Buffer.alloc(3_000_000, 'a'), Buffer.alloc(2_000_000, 'b')];
  const answers = await Promise.all(bodies.map((body) => put(key, body)));
  t.same(
    answers.map(({ status }) => status),
    [201, 201],
  );
  const winner = await kept(key);
  t.ok(bodies.some((body) => body.equals(winner)));
  t.same(await incoming(), []);
});

t.test('100 small puts at once', async (t) => {
  const blobs = Array.from({ length: 100 }, () => [newKey(), randomBytes(10_240)] as const);
  const answers = await Promise.all(blobs.map(([key, bytes]) => put(key, bytes)));
  t.ok(answers.every(({ status }) => status === 201));
  for (const [key, bytes] of blobs) t.ok(bytes.equals(await kept(key)));
});

async function cutOff(key: string, head: string, body: string): Promise<void> {
  const socket = connect(storage.port, '127.0.0.1');
  const lines = [`PUT /blobs/${key} HTTP/1.1`, 'host: x', head];
  socket.write(
    `${lines.join('\r\n')}\r\nauthorization: ${storage.identity('tasks')}\r\n\r\n${body}`,
  );
  while ((await incoming()).length === 0) await new Promise(setImmediate);
  socket.destroy();
  while ((await incoming()).length > 0) await new Promise(setImmediate);
}

t.test('a body that ends early leaves nothing, and what was there before', async (t) => {
  const key = newKey();
  await cutOff(key, 'content-length: 1000', 'x'.repeat(999));
  await t.rejects(kept(key), { code: 'ENOENT' });
  await put(key, 'before');
  await cutOff(key, 'transfer-encoding: chunked', '5\r\nhello\r\n');
  t.equal((await kept(key)).toString(), 'before');
});

t.test('a longer body than is taken is a 413, declared or not, and leaves nothing', async (t) => {
  const body = Buffer.alloc(41 * 1024 * 1024);
  for (const headers of [{}, { 'transfer-encoding': 'chunked' }]) {
    const key = newKey();
    const answer = await put(key, body, headers);
    t.equal(answer.status, 413);
    t.equal(slugOf(answer), 'upload-too-large');
    await t.rejects(kept(key), { code: 'ENOENT' });
    t.same(await incoming(), []);
  }
});
