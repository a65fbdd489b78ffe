import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep, setImmediate as tick } from 'node:timers/promises';
import { blobKey } from '@comprimemelo/contracts/blob-keys';
import { limits } from '@comprimemelo/contracts/limits';
import { createHttpApp } from '@comprimemelo/service/http/http-app';
import { createLogger } from '@comprimemelo/service/process/logger';
import { testStorage } from '@comprimemelo/testing/storage';
import multipart from '@fastify/multipart';
import t, { type Test } from 'tap';
import { receiveMultipart } from '../src/receive-multipart.js';
import type { ReceivedForm } from '../src/received-form.js';

const maxBytes = 3_000_000;
const storage = await testStorage();
const client = storage.client();
/** Storage that takes nothing for a while. */
const heldUp: typeof client = {
  ...client,
  put: async (key, source, options) => {
    await sleep(500);
    return client.put(key, source, options);
  },
};
const app = await createHttpApp({
  service: 'test',
  logger: createLogger('test', 'silent'),
  checks: {},
  requestTimeout: 0,
});
await app.register(multipart);
app.post('/', (request) => receiveMultipart(request, client, { maxBytes }));
// The looks at a body's pace come every 10 ms here.
const pace = { bytes: 1_000, milliseconds: 300 };
app.post('/paced', (request) => receiveMultipart(request, client, { maxBytes, pace }));
app.post('/held-up', (request) =>
  receiveMultipart(request, heldUp, { maxBytes, pace: { bytes: 1_000, milliseconds: 100 } }),
);
await app.listen({ host: '127.0.0.1', port: 0 });
const { port } = app.server.address() as AddressInfo;
t.teardown(async () => {
  await app.close();
  await storage.stop();
});

// Kept open as nginx keeps them: a server that closes with its answer may cut the sender off.
const agent = new Agent({ keepAlive: true });
t.teardown(() => agent.destroy());
const type = 'multipart/form-data; boundary=B';

function post(headers: Record<string, string | number>, path = '/'): ClientRequest {
  return request({ host: '127.0.0.1', port, method: 'POST', path, headers, agent });
}

async function answerOf(asked: ClientRequest): Promise<{ status: number; body: unknown }> {
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  return { status: response.statusCode ?? 0, body: await json(response) };
}

function send(body: string | Buffer, headers: Record<string, string> = {}) {
  const asked = post({
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    ...headers,
  });
  asked.end(body);
  return answerOf(asked);
}

const field = (name: string, value: string, head = '') =>
  `--B\r\nContent-Disposition: form-data; name="${name}"\r\n${head}\r\n${value}\r\n`;
const file = (fileName: string, bytes = 'bytes', head = '', name = 'file') =>
  `--B\r\nContent-Disposition: form-data; name="${name}"; filename="${fileName}"\r\n${head}\r\n${bytes}\r\n`;
const end = '--B--\r\n';

async function received(t: Test, body: string): Promise<ReceivedForm> {
  const answer = await send(body + end);
  t.equal(answer.status, 200, JSON.stringify(answer.body));
  const form = answer.body as ReceivedForm;
  await Promise.all(form.files.map(({ blobKey }) => client.delete(blobKey)));
  return form;
}

/** Storage forgets what was cut off a moment after the client is told. */
async function nothingIsLeft(t: Test): Promise<void> {
  while ((await storage.filesIn('tmp')).length > 0) await tick();
  t.same(await storage.filesIn('uploads'), []);
}

async function refused(t: Test, body: string | Buffer, slug: string, headers = {}): Promise<void> {
  const answer = await send(body, headers);
  t.match(answer.body, { type: `/problems/${slug}` });
  await nothingIsLeft(t);
}

t.test('fields and files in any order', async (t) => {
  const bytes = randomBytes(100_000);
  const form = new FormData();
  form.append('format', 'zip');
  form.append('file', new Blob([bytes], { type: 'image/png' }), 'a "picture".png');
  form.append('options', '{"level":"best"}');
  form.append('fileName', new Blob([]), 'empty');
  form.append('name', 'naïve 🎉');
  const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: form });
  t.equal(response.status, 200);
  const { fields, files } = (await response.json()) as ReceivedForm;
  t.same(fields, { format: 'zip', options: '{"level":"best"}', name: 'naïve 🎉' });
  const [picture, empty] = files;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  t.match(picture, { name: 'a "picture".png', mediaType: 'image/png', size: 100_000, sha256 });
  t.match(empty, { name: 'empty', mediaType: 'application/octet-stream', size: 0 });
  for (const { id, blobKey: key, size } of files) {
    t.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    t.equal(key, blobKey('uploads', id));
    t.match(await client.head(key), { size });
    await client.delete(key);
  }
});

t.test(
  'a form is held against its Content-Digest, what stands after its end included',
  async (t) => {
    const digestOf = (body: string) =>
      `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
    const body = `preamble\r\n${file('a.txt', 'x'.repeat(200_000))}${end}${'epilogue'.repeat(1_000)}`;
    const whole = await send(body, { 'content-digest': digestOf(body) });
    t.equal(whole.status, 200, JSON.stringify(whole.body));
    const { files } = whole.body as ReceivedForm;
    t.match(files, [{ size: 200_000 }]);
    for (const { blobKey } of files) await client.delete(blobKey);
    const short = body.slice(0, -1);
    await refused(t, body, 'digest-mismatch', { 'content-digest': digestOf(short) });
    await refused(t, body, 'invalid-request', { 'content-digest': 'sha-256=abc' });
  },
);

t.test('names come through as they were given', async (t) => {
  const names = ['naïve.txt', '日本語.txt', '🎉.png', "o'clock; a=b.txt", '-rf', '@x', 'a b.txt'];
  const long = 'x'.repeat(255);
  const { files } = await received(t, [...names, long].map((name) => file(name)).join(''));
  t.same(
    files.map(({ name }) => name),
    [...names, long],
  );
  const tooLong = await received(t, file('漢'.repeat(86)) + file(`${'x'.repeat(5_000)}.pdf`));
  t.same(
    tooLong.files.map(({ name }) => name),
    ['漢'.repeat(85), `${'x'.repeat(251)}.pdf`],
  );
  const old = await received(t, file('a \\"quoted\\" name') + file('dir\\b.txt') + file('x/c'));
  t.same(
    old.files.map(({ name, path }) => [name, path]),
    [
      ['a "quoted" name', 'a "quoted" name'],
      ['b.txt', 'dir/b.txt'],
      ['c', 'x/c'],
    ],
  );
  const head = '--B\r\nContent-Disposition: form-data; name="file"; ';
  const star = await received(t, `${head}filename*=UTF-8''na%C3%AFve%20x.txt\r\n\r\nx\r\n`);
  t.equal(star.files[0]?.name, 'naïve x.txt');
});

t.test('the path and the time of each file, before it or in its part', async (t) => {
  const head = 'Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\n';
  const { fields, files } = await received(
    t,
    field('format', 'zip') +
      field('path', 'x/%22\n/a') +
      field('modified', '2021-05-06T07:08:09.0123Z') +
      file('other') +
      file('b', 'bytes', head) +
      field('webkitRelativePath', 'photos/c.jpg') +
      field('lastModified', '1700000000123') +
      file('c.jpg', 'bytes', '', 'fileName') +
      field('relativePath', 'null') +
      field('path', '') +
      field('modified', '1994-11-06T09:49:37+01:00') +
      file('x/d', 'bytes', head) +
      field('fullPath', 'z/e') +
      file('', '') +
      field('name', 'mine') +
      file('e'),
  );
  t.same(fields, { format: 'zip', name: 'mine' });
  const old = '1994-11-06T08:49:37.000Z';
  t.same(
    files.map(({ name, path, modified }) => [name, path, modified]),
    [
      ['a', 'x/%22_/a', '2021-05-06T07:08:09.012Z'],
      ['b', 'b', old],
      ['c.jpg', 'photos/c.jpg', '2023-11-14T22:13:20.123Z'],
      ['d', 'x/d', old],
      ['e', 'e', null],
    ],
  );
});

t.test('what belongs to a file and is wrong is refused', async (t) => {
  const time = field('modified', '2021-05-06T07:08:09Z');
  const wrong: Record<string, [body: string, detail: string]> = {
    'no file after it': [file('a') + time, '`modified` must stand before the file it is for.'],
    'two before one file': [
      time + time + file('a'),
      '`modified` may be sent only once before each file.',
    ],
    'one under two names': [
      field('path', 'a') + field('relativePath', 'b') + file('a'),
      '`relativePath` may be sent only once before each file.',
    ],
    'no time': [
      field('modified', '1700000000') + file('a'),
      '`modified` must be an RFC 3339 time or an HTTP-date, such as 2026-01-31T12:00:00Z, of the years 1902 to 2445; got "1700000000".',
    ],
    'no time in a part': [file('a', 'x', 'Last-Modified: now\r\n'), '`Last-Modified` must be'],
    'two times': [
      time + file('a', 'x', 'Last-Modified: 2021-05-06T07:08:10Z\r\n'),
      '`modified` differs from the header `Last-Modified` of the part.',
    ],
  };
  for (const [what, [body, detail]] of Object.entries(wrong)) {
    const answer = await send(file('first') + body + end);
    t.match(answer.body, { type: '/problems/invalid-request', detail }, what);
    await nothingIsLeft(t);
  }
  await refused(t, field('path', '../a') + file('a') + end, 'unusable-name');
});

t.test(
  'a part without valid headers is refused where its time may be that of another',
  async (t) => {
    const bare = '--B  \r\nContent-Disposition: form-data; name="x"\r\n\r\nx\r\n';
    t.equal((await received(t, bare + file('a'))).files.length, 1);
    const timed = file('a', 'x', 'Last-Modified: 2021-05-06T07:08:10Z\r\n');
    await refused(t, bare + timed + end, 'malformed-multipart');
  },
);

t.test('two files of one name, and one of no bytes', async (t) => {
  const { files } = await received(t, file('a', '1') + file('a', '22') + file('b', ''));
  t.same(
    files.map(({ name, size }) => [name, size]),
    [
      ['a', 1],
      ['a', 2],
      ['b', 0],
    ],
  );
});

t.test('a part without a file name is a field, whatever its type', async (t) => {
  const octets = field('format', 'zip', 'Content-Type: application/octet-stream\r\n');
  const parsed = field('options', '{ "level": "best" }', 'Content-Type: application/json\r\n');
  const { fields, files } = await received(t, octets + parsed + field('name', 'x'));
  t.same(fields, { format: 'zip', options: '{"level":"best"}', name: 'x' });
  t.same(files, []);
});

t.test('a field that is sent twice is refused, and its files are not kept', async (t) => {
  const twice = field('name', 'x') + file('a') + field('name', 'y') + end;
  await refused(t, twice, 'invalid-request');
});

t.test('a file input that was left empty is no file', async (t) => {
  const empty = file('', '', 'Content-Type: application/octet-stream\r\n');
  const { fields, files } = await received(t, empty + field('format', 'zip') + file('a'));
  t.same(fields, { format: 'zip' });
  t.equal(files.length, 1);
  t.same(await received(t, ''), { fields: {}, files: [] });
});

t.test('media types that are none become application/octet-stream', async (t) => {
  const heads = ['Content-Type: IMAGE/PNG; q=1\r\n', 'Content-Type: <script>\r\n', ''];
  const { files } = await received(t, heads.map((head) => file('a', 'x', head)).join(''));
  t.same(
    files.map(({ mediaType }) => mediaType),
    ['image/png', 'application/octet-stream', 'text/plain'],
  );
});

t.test('exactly the limit is taken, over all files', async (t) => {
  const half = 'x'.repeat(maxBytes / 2);
  const { files } = await received(t, file('a', half) + file('b', half));
  t.same(
    files.map(({ size }) => size),
    [maxBytes / 2, maxBytes / 2],
  );
});

t.test('one byte more is refused, declared or not', async (t) => {
  const half = 'x'.repeat(maxBytes / 2);
  const body = `${file('a', half) + file('b', `${half}y`)}${end}`;
  await refused(t, body, 'upload-too-large');
  const asked = post({ 'content-type': type });
  asked.end(body);
  t.match(await answerOf(asked), { status: 413, body: { type: '/problems/upload-too-large' } });
  await nothingIsLeft(t);
});

t.test('a length that is declared and too long is refused before the body is sent', async (t) => {
  const asked = post({ 'content-type': type, 'content-length': 10 * maxBytes });
  asked.flushHeaders();
  t.match(await answerOf(asked), { status: 413, body: { type: '/problems/upload-too-large' } });
  asked.destroy();
});

t.test('a client that sends all before it reads finds the answer', async (t) => {
  for (const framing of [{ 'content-length': 20_000_000 }, { 'transfer-encoding': 'chunked' }]) {
    const asked = post({ 'content-type': type, ...framing });
    const answer = answerOf(asked);
    const start = Buffer.from(file('a', '').slice(0, -2));
    asked.end(Buffer.concat([start, Buffer.alloc(20_000_000 - start.length, 'x')]));
    await once(asked, 'finish');
    t.match(await answer, { status: 413, body: { type: '/problems/upload-too-large' } });
    await nothingIsLeft(t);
  }
});

t.test('a body that ends before its last boundary is truncated', async (t) => {
  await refused(t, file('a') + file('b', 'half').slice(0, -3), 'upload-truncated');
  await refused(t, file('a'), 'upload-truncated');
  await refused(t, `${file('a')}--B\r\nContent-Disposition: form-data; na`, 'upload-truncated');
});

t.test('a client that goes away leaves nothing', async (t) => {
  const socket = connect(port, '127.0.0.1');
  const head = ['POST / HTTP/1.1', 'host: x', `content-type: ${type}`, 'content-length: 99999'];
  socket.write(`${head.join('\r\n')}\r\n\r\n${file('a')}${file('b', 'half').slice(0, -2)}`);
  while ((await storage.filesIn('uploads')).length === 0) await tick();
  while ((await storage.filesIn('tmp')).length === 0) await tick();
  socket.destroy();
  while ((await storage.filesIn('uploads')).length > 0) await tick();
  await nothingIsLeft(t);
});

t.test('a body that hardly moves is cut off, and nothing stays', async (t) => {
  const half = file('b', 'half').slice(0, -2);
  for (const start of ['', field('format', 'zip'), file('a') + half, `${file('a')}--B\r\nCon`]) {
    const asked = post({ 'content-type': type, 'content-length': 99_999 }, '/paced');
    asked.on('error', () => undefined).write(start || 'x');
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    t.equal(response.statusCode, 408);
    t.equal(response.headers.connection, 'close');
    t.match(await json(response), { type: '/problems/request-timeout' });
    if (!asked.destroyed) await once(asked, 'close');
    await nothingIsLeft(t);
  }
});

t.test('an upload that storage holds up is not cut off', async (t) => {
  const body = `${file('a', 'x'.repeat(2_000_000))}${file('b')}${end}`;
  const asked = post({ 'content-type': type, 'content-length': body.length }, '/held-up');
  asked.end(body);
  const { status, body: form } = await answerOf(asked);
  t.equal(status, 200);
  await Promise.all((form as ReceivedForm).files.map(({ blobKey }) => client.delete(blobKey)));
});

t.test('what stands around the files is counted too', async (t) => {
  const asked = post({ 'content-type': type });
  asked.end('x'.repeat(maxBytes + limits.bodyBytes) + file('a') + end);
  t.match(await answerOf(asked), { status: 413, body: { type: '/problems/upload-too-large' } });
  await nothingIsLeft(t);
});

t.test('what is no multipart body', async (t) => {
  await refused(t, 'no boundary anywhere', 'malformed-multipart');
  await refused(t, file('a') + end, 'malformed-multipart', {
    'content-type': 'multipart/form-data',
  });
  const endless = `multipart/form-data; boundary=${'b'.repeat(300)}`;
  await refused(t, file('a') + end, 'malformed-multipart', { 'content-type': endless });
  const nameless = '--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n';
  await refused(t, file('a') + nameless + end, 'malformed-multipart');
});

t.test('names that cannot be used', async (t) => {
  for (const name of ['.', '..', 'a/', '\\\\', 'a\0b', '', '../a', '/a', 'C:\\a', 'a/../../b']) {
    await refused(t, file('good') + file(name) + field('format', 'zip') + end, 'unusable-name');
  }
});

t.test('too many of anything', async (t) => {
  const files = Array.from({ length: limits.files + 1 }, (_, index) => file(String(index)));
  await refused(t, files.join('') + end, 'too-many-files');
  const fields = Array.from({ length: limits.fields + 1 }, (_, index) => field(`f${index}`, 'x'));
  await refused(t, file('a') + fields.join('') + end, 'invalid-request');
  const long = field('options', 'x'.repeat(limits.fieldBytes + 1));
  await refused(t, file('a') + long + end, 'invalid-request');
  const json = field('options', 'not json', 'Content-Type: application/json\r\n');
  await refused(t, file('a') + json + end, 'invalid-request');
  await refused(t, file('a') + field('__proto__', 'x') + end, 'invalid-request');
  await refused(t, file('a') + file('b', 'x', '', 'toString') + end, 'invalid-request');
});

t.test('as many files as are allowed', async (t) => {
  const all = Array.from({ length: limits.files }, (_, index) => file(String(index)));
  t.equal((await received(t, all.join(''))).files.length, limits.files);
  const each = field('path', 'a/b') + field('modified', '2021-05-06T07:08:09Z');
  const fields = Array.from({ length: limits.fields }, (_, index) => field(`f${index}`, 'x'));
  const placed = await received(t, fields.join('') + all.map((one) => each + one).join(''));
  t.equal(placed.files.length, limits.files);
});

t.test('storage is away: 503, with a word on when to try again', async (t) => {
  await storage.kill();
  const asked = post({ 'content-type': type });
  asked.end(file('a', 'x'.repeat(1_000_000)) + end);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  t.equal(response.statusCode, 503);
  t.ok(Number(response.headers['retry-after']) > 0);
  t.match(await json(response), { type: '/problems/unavailable' });
  await storage.restart();
  await nothingIsLeft(t);
});
