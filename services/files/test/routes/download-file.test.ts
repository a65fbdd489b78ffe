import { createHash } from 'node:crypto';
import { newId } from '@comprimemelo/prisma/client/identifiers';
import t from 'tap';
import { filesFixture } from '../files-fixture.js';

const text = '0123456789';
const sha256 = createHash('sha256').update(text).digest('hex');

t.test('without nginx the service streams by itself', async (t) => {
  const { uploaded, request } = await filesFixture(t);
  const { id } = await uploaded('año.txt', text);
  const url = `/api/files/${id}/content`;
  const get = (headers: Record<string, string> = {}) => request('GET', url, headers);

  const whole = await get();
  t.equal(whole.statusCode, 200);
  t.equal(whole.body, text);
  t.match(whole.headers, {
    etag: `"${sha256}"`,
    'content-length': '10',
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
    'content-type': 'text/plain',
    'content-disposition': `attachment; filename="a_o.txt"; filename*=UTF-8''a%C3%B1o.txt`,
    'repr-digest': `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`,
  });

  const range = await get({ range: 'bytes=2-4' });
  t.equal(range.statusCode, 206);
  t.equal(range.body, '234');
  t.match(range.headers, { 'content-range': 'bytes 2-4/10', 'content-length': '3' });
  t.equal((await get({ range: 'bytes=-3' })).body, '789');
  t.equal((await get({ range: 'bytes=2-4', 'if-range': '"other"' })).body, text);
  t.equal((await get({ range: 'bytes=2-4', 'if-range': `"${sha256}"` })).body, '234');

  const outside = await get({ range: 'bytes=10-' });
  t.equal(outside.statusCode, 416);
  t.equal(outside.headers['content-range'], 'bytes */10');
  t.equal(outside.json().type, '/problems/range-not-satisfiable');
  t.equal((await get({ 'if-none-match': `"${sha256}"` })).statusCode, 304);
  t.equal((await get({ 'if-match': '"other"' })).statusCode, 412);
  t.equal((await get({ 'if-match': `"${sha256}"` })).body, text);
  t.equal((await get({ 'if-match': `W/"${sha256}"` })).statusCode, 412, 'a weak tag');

  const head = await request('HEAD', url);
  t.match(head.headers, { 'content-length': '10', etag: `"${sha256}"` });
  t.equal(head.body, '');
  for (const range of ['bytes=2-4', 'bytes=10-']) {
    const ranged = await request('HEAD', url, { range });
    t.equal(ranged.statusCode, 200, `HEAD with ${range}`);
    t.equal(ranged.headers['content-length'], '10');
    t.notOk('content-range' in ranged.headers);
  }
});

t.test('behind nginx it names the place and sends no byte', async (t) => {
  const { uploaded, request, db } = await filesFixture(t);
  const { id } = await uploaded('a.txt', text);
  const { blobKey } = await db.prisma.file.findFirstOrThrow();
  const url = `/api/files/${id}/content`;

  const via = (from: string) => ({ 'x-download-via': from, 'x-download-key': 'of-nginx' });
  const disk = await request('GET', url, { ...via('disk'), range: 'bytes=1-2' });
  t.equal(disk.headers['x-accel-redirect'], `/_disk/${blobKey}`);
  t.equal(disk.body, '');
  t.match(disk.headers, { etag: `"${sha256}"` });

  const storage = await request('GET', url, { ...via('storage'), range: 'bytes=1-2' });
  t.match(storage.headers, {
    'x-accel-redirect': `/_storage/${blobKey}`,
    'x-storage-range': 'bytes=1-2',
    'x-storage-authorization': 'Bearer of-files',
  });
  for (const key of ['', 'of-somebody', 'of-nginy']) {
    const headers = { ...via('storage'), 'x-download-key': key };
    const forged = await request('GET', url, headers);
    t.equal(forged.body, text, 'who is not nginx gets the bytes themselves');
    t.notOk('x-storage-authorization' in forged.headers);
  }
  const foreign = await request('GET', url, via('disk'), { by: newId() });
  t.equal(foreign.statusCode, 404, 'and only for its owner');
  t.notOk('x-accel-redirect' in foreign.headers);
});

t.test('what nginx would judge differently is streamed, from its disk alone', async (t) => {
  const { uploaded, request } = await filesFixture(t);
  const { id } = await uploaded('a.txt', text);
  const ask = (via: string, headers: Record<string, string>) => {
    const offer = { 'x-download-via': via, 'x-download-key': 'of-nginx' };
    return request('GET', `/api/files/${id}/content`, { ...offer, ...headers });
  };
  for (const headers of [
    { 'if-match': `"${sha256}"` },
    { 'if-unmodified-since': 'Mon, 01 Jan 2024 00:00:00 GMT' },
    { range: 'bytes=0-1,5-6' },
    { range: 'bytes=0-1,' },
    { range: 'bytes=5-2' },
    { range: 'pages=1' },
    { range: 'bytes=2-4', 'if-range': 'Mon, 01 Jan 2024 00:00:00 GMT' },
  ]) {
    const disk = await ask('disk', headers);
    t.equal(disk.statusCode, 200);
    t.equal(disk.body, text, JSON.stringify(headers));
    t.notOk('x-accel-redirect' in disk.headers);
    const storage = await ask('storage', headers);
    t.ok('x-accel-redirect' in storage.headers, 'storage is asked for what files decided');
    t.notOk('x-storage-range' in storage.headers);
  }
  for (const far of ['1000000000000000000', '9223372036854775808', '1'.padEnd(400, '0')]) {
    const disk = await ask('disk', { range: `bytes=7-${far}` });
    t.equal(disk.statusCode, 206, far);
    t.equal(disk.body, '789');
    t.equal(disk.headers['content-range'], 'bytes 7-9/10');
    t.equal((await ask('disk', { range: `bytes=-${far}` })).body, text);
    const storage = await ask('storage', { range: `bytes=7-${far}` });
    t.equal(storage.headers['x-storage-range'], 'bytes=7-9');
  }
  const near = await ask('disk', { range: 'bytes=7-999999999999999999' });
  t.ok('x-accel-redirect' in near.headers, 'which nginx reads');
  const head = (via: string) => {
    const headers = { 'x-download-via': via, 'x-download-key': 'of-nginx', range: 'bytes=2-4' };
    return request('HEAD', `/api/files/${id}/content`, headers);
  };
  const disk = await head('disk');
  t.match(disk.headers, { 'content-length': '10', 'accept-ranges': 'bytes' });
  t.notOk('x-accel-redirect' in disk.headers);
  t.notOk('x-storage-range' in (await head('storage')).headers);
});

t.test("another user's file is not there", async (t) => {
  const { uploaded, request } = await filesFixture(t);
  const { id } = await uploaded('a.txt', text);
  for (const [method, path] of [
    ['GET', `/api/files/${id}`],
    ['GET', `/api/files/${id}/content`],
    ['DELETE', `/api/files/${id}`],
  ] as const) {
    const response = await request(method, path, {}, { by: newId() });
    t.equal(response.json().type, '/problems/file-not-found', `${method} ${path}`);
  }
  t.equal((await request('GET', `/api/files/${id}`)).statusCode, 200);
});
