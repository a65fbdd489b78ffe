import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { blobKey } from '@comprimemelo/contracts/blob-keys';
import { limits } from '@comprimemelo/contracts/limits';
import t from 'tap';
import { serveStorage, slugOf } from '../serve-storage.js';

const storage = await serveStorage(3 * 1024 * 1024);
t.teardown(() => storage.close());

const newKey = () => blobKey('results', randomUUID());
const kept = (key: string) => readFile(join(storage.root, key));
const incoming = () => readdir(join(storage.root, 'tmp'));
const header = (key: string, size: number) => Buffer.from(`${JSON.stringify({ key, size })}\n`);
const encode = (blobs: [key: string, bytes: Buffer][]) =>
  Buffer.concat(blobs.flatMap(([key, bytes]) => [header(key, bytes.length), bytes]));
const post = (body: Buffer | string, as: 'tasks' | 'compressor' = 'tasks') =>
  storage.ask({ method: 'POST', path: '/blobs', body, as });

t.test('every blob is kept, counted and hashed', async (t) => {
  const sizes = [0, 1, 1_000, 65_536, 0, 2_500_000, 17];
  const blobs = sizes.map((size): [string, Buffer] => [newKey(), randomBytes(size)]);
  const answer = await post(encode(blobs));
  t.equal(answer.status, 201);
  t.same(JSON.parse(answer.body.toString()), {
    items: blobs.map(([key, bytes]) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return { key, size: bytes.length, sha256 };
    }),
  });
  for (const [key, bytes] of blobs) t.ok(bytes.equals(await kept(key)));
  t.same(await incoming(), []);
});

t.test('a body that comes byte by byte, and one without a blob', async (t) => {
  const key = newKey();
  const socket = connect(storage.port, '127.0.0.1');
  const body = encode([[key, Buffer.from('hello')]]);
  const head = ['POST /blobs HTTP/1.1', 'host: x', `content-length: ${body.length}`];
  const authorization = `authorization: ${storage.identity('tasks')}`;
  socket.setNoDelay(true).write(`${[...head, authorization].join('\r\n')}\r\n\r\n`);
  for (const byte of body) {
    socket.write(Buffer.of(byte));
    await new Promise(setImmediate);
  }
  const [answer] = (await new Promise((resolve) => {
    socket.once('data', (data) => resolve([data]));
  })) as [Buffer];
  t.match(answer.toString(), /^HTTP\/1.1 201/);
  t.equal((await kept(key)).toString(), 'hello');
  socket.destroy();
  t.equal((await post('')).body.toString(), '{"items":[]}');
});

const good = newKey();
const first = encode([[good, Buffer.from('good')]]);
const after = (rest: Buffer | string) => Buffer.concat([first, Buffer.from(rest)]);
const tooMany = Array.from({ length: limits.batchBlobs }, (): [string, Buffer] => [
  newKey(),
  Buffer.from('x'),
]);
const refused: Record<string, [body: Buffer, slug: string]> = {
  'no JSON': [after('key\n'), 'invalid-request'],
  'no blob': [after('{"key":"x","size":1}\nx'), 'invalid-request'],
  'a key that leaves the root': [after(header('../secret', 1)), 'invalid-request'],
  'a key with a newline': [after(header(`${newKey()}\n`, 1)), 'invalid-request'],
  'a size below zero': [after(header(newKey(), -1)), 'invalid-request'],
  'a size that is no number': [after(`{"key":"${newKey()}","size":"1"}\nx`), 'invalid-request'],
  'a header without an end': [after('x'.repeat(100_000)), 'invalid-request'],
  'a header that is too long': [after(`${' '.repeat(300)}\n`), 'invalid-request'],
  'too many blobs': [after(encode(tooMany)), 'invalid-request'],
  'too long a blob': [after(header(newKey(), 3 * 1024 * 1024 + 1)), 'upload-too-large'],
  'too many bytes': [
    after(
      encode([
        [newKey(), Buffer.alloc(3 * 1024 * 1024)],
        [newKey(), Buffer.alloc(2 * 1024 * 1024)],
      ]),
    ),
    'upload-too-large',
  ],
  'fewer bytes than declared': [after(`${header(newKey(), 10)}123456789`), 'upload-truncated'],
  'an unfinished header': [after('{"key":'), 'upload-truncated'],
};

for (const [name, [body, slug]] of Object.entries(refused)) {
  t.test(`${name}: refused, and nothing of the batch is kept`, async (t) => {
    const answer = await post(body);
    t.equal(slugOf(answer), slug);
    await t.rejects(kept(good), { code: 'ENOENT' });
    t.same(await incoming(), []);
  });
}

t.test('each key is checked against what the caller may do', async (t) => {
  const foreign = blobKey('uploads', randomUUID());
  const answer = await post(after(encode([[foreign, Buffer.from('x')]])), 'compressor');
  t.equal(answer.status, 403);
  await t.rejects(kept(good), { code: 'ENOENT' });
});

t.test('a connection that breaks off leaves nothing', async (t) => {
  const socket = connect(storage.port, '127.0.0.1');
  const head = ['POST /blobs HTTP/1.1', 'host: x', 'content-length: 100000'];
  const authorization = `authorization: ${storage.identity('tasks')}`;
  socket.write(`${[...head, authorization].join('\r\n')}\r\n\r\n${first}`);
  while ((await incoming()).length === 0) await new Promise(setImmediate);
  socket.destroy();
  while ((await incoming()).length > 0) await new Promise(setImmediate);
  await t.rejects(kept(good), { code: 'ENOENT' });
});
