import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener } from 'node:http';
import { dirname, join } from 'node:path';
import t, { type Test } from 'tap';
import { type NginxRig, nginxRig } from './rig.js';
import {
  blobKey,
  content,
  digest,
  etag,
  filesStandIn,
  storageStandIn,
  storageToken,
  streamedPath,
} from './rig-files.js';
import { type Answer, send } from './send.js';

const ok: RequestListener = (_, response) => response.end('ok');

interface Download extends NginxRig {
  get(headers?: Record<string, string>, method?: string): Promise<Answer>;
  /** A download that files streams by itself. */
  streamed(headers?: Record<string, string>, method?: string): Promise<Answer>;
  /** What tasks, files and storage were asked. */
  toTasks: IncomingMessage[];
  toFiles: IncomingMessage[];
  toStorage: IncomingMessage[];
}

async function downloadRig(t: Test, downloadVia: 'disk' | 'storage'): Promise<Download> {
  const toTasks: IncomingMessage[] = [];
  const toFiles: IncomingMessage[] = [];
  const toStorage: IncomingMessage[] = [];
  const handlers = { files: filesStandIn(toFiles), storage: storageStandIn(toStorage) };
  const tasks: RequestListener = (request, response) => {
    toTasks.push(request);
    response.end('ok');
  };
  const rig = await nginxRig({ auth: ok, tasks, webhooks: ok, ...handlers }, { downloadVia });
  t.teardown(() => rig.close());
  if (downloadVia === 'disk') {
    const path = join(rig.blobRoot, blobKey);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  const ask =
    (path: string) =>
    (headers: Record<string, string> = {}, method = 'GET') =>
      send({ port: rig.port, path, method, headers });
  const get = ask('/api/files/1/content');
  return { ...rig, get, streamed: ask(streamedPath), toTasks, toFiles, toStorage };
}

function checkWhole(t: Test, answer: Answer): void {
  t.equal(answer.status, 200);
  t.match(answer.headers, {
    'content-type': 'application/zip',
    'content-length': String(content.length),
    'content-disposition': 'attachment; filename="a.zip"',
    'cache-control': 'private, no-cache',
    'repr-digest': digest,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'",
    'x-request-id': 'asked-1',
    etag,
  });
  // Not `bytes, bytes`, which holds a match.
  t.equal(answer.headers['accept-ranges'], 'bytes');
}

function checkPart(t: Test, answer: Answer, from: number, to: number): void {
  t.equal(answer.status, 206);
  t.equal(answer.headers['content-range'], `bytes ${from}-${to}/${content.length}`);
  t.equal(answer.headers.etag, etag);
  t.equal(answer.headers['content-type'], 'application/zip');
  t.ok(answer.body.equals(content.subarray(from, to + 1)), 'the bytes of the range');
}

for (const via of ['disk', 'storage'] as const) {
  t.test(`downloads via ${via}`, async (t) => {
    const { get, toFiles } = await downloadRig(t, via);

    const whole = await get({ 'x-request-id': 'asked-1' });
    checkWhole(t, whole);
    t.ok(whole.body.equals(content), 'every byte');
    t.equal(toFiles.at(-1)?.headers['x-download-via'], via, 'files is told how');

    const head = await get({ 'x-request-id': 'asked-1' }, 'HEAD');
    checkWhole(t, head);
    t.equal(head.body.length, 0);

    checkPart(t, await get({ range: 'bytes=10-19' }), 10, 19);
    checkPart(t, await get({ range: 'bytes=-5' }), 995, 999);
    checkPart(t, await get({ range: 'bytes=990-' }), 990, 999);
    checkPart(t, await get({ range: 'bytes=990-999999999999999999' }), 990, 999);
    checkPart(t, await get({ range: 'bytes=10-19', 'if-range': etag }), 10, 19);

    const other = await get({ range: 'bytes=10-19', 'if-range': '"other"' });
    t.equal(other.status, 200, 'If-Range with another ETag gives the whole');
    t.ok(other.body.equals(content));

    const outside = await get({ range: 'bytes=5000-' });
    t.equal(outside.status, 416);
    t.equal(outside.headers['content-type'], 'application/problem+json');
    t.match(JSON.parse(outside.body.toString()), { type: '/problems/range-not-satisfiable' });

    const newer = await get({ 'if-none-match': '"other"' });
    t.equal(newer.status, 200);
    t.ok(newer.body.equals(content));
  });

  t.test(`via ${via}, nginx passes on as it is what files streams by itself`, async (t) => {
    const { streamed, toFiles } = await downloadRig(t, via);
    for (const headers of [
      { 'if-match': etag },
      { 'if-unmodified-since': 'Mon, 01 Jan 2024 00:00:00 GMT' },
      { range: 'bytes=0-1,5-6' },
      { range: 'bytes=5-2' },
      { range: 'bytes=0-9223372036854775808' },
      { range: 'pages=1' },
    ]) {
      const answer = await streamed(headers);
      t.equal(answer.status, 200);
      t.ok(answer.body.equals(content), JSON.stringify(headers));
      t.match(toFiles.at(-1)?.headers, headers, 'files sees the conditions');
      t.equal(toFiles.at(-1)?.headers['x-download-via'], via, 'files may choose');
    }
    const head = await streamed({ 'x-request-id': 'asked-1', range: 'bytes=10-19' }, 'HEAD');
    checkWhole(t, head);
    t.notOk('content-range' in head.headers);
  });

  t.test(`via ${via}, a client cannot choose how`, async (t) => {
    const { get, port, toFiles, toTasks } = await downloadRig(t, via);
    const other = via === 'disk' ? 'storage' : 'disk';
    await get({ 'x-download-via': other, 'x-download-key': 'of-the-client' });
    t.equal(toFiles.at(-1)?.headers['x-download-via'], via);
    t.equal(toFiles.at(-1)?.headers['x-download-key'], 'of-the-rig', 'the word of nginx');
    const headers = { 'x-download-via': via, 'x-download-key': 'of-the-client' };
    for (const path of ['/api/files/1/entries', '/api/tasks']) {
      await send({ port, path, headers });
      t.equal(toTasks.at(-1)?.url, path);
      t.equal(toTasks.at(-1)?.headers['x-download-via'], undefined);
      t.equal(toTasks.at(-1)?.headers['x-download-key'], undefined);
    }
  });
}

t.test(
  'storage is asked with the identity that files lent, and told nothing of the client',
  async (t) => {
    const { get, toStorage } = await downloadRig(t, 'storage');
    await get({
      authorization: 'Bearer of-the-client',
      cookie: 'a=b',
      'if-none-match': '"other"',
      range: 'bytes=1-2',
      'if-range': etag,
    });
    const asked = toStorage.at(-1);
    t.equal(asked?.url, `/blobs/${blobKey}`);
    t.equal(asked?.headers.authorization, storageToken);
    t.equal(asked?.headers.range, 'bytes=1-2');
    t.equal(asked?.headers.cookie, undefined);
    t.equal(asked?.headers['if-range'], undefined);
    t.equal(asked?.headers['if-none-match'], undefined);
  },
);

t.test('the pages of nginx itself have no ranges', async (t) => {
  const { docsRoot, port } = await downloadRig(t, 'disk');
  writeFileSync(join(docsRoot, 'openapi.json'), content);
  for (const method of ['GET', 'HEAD']) {
    const headers = { range: 'bytes=10-19' };
    const answer = await send({ port, path: '/openapi.json', method, headers });
    t.equal(answer.status, 200, method);
    t.equal(answer.headers['content-length'], String(content.length));
  }
});

t.test('a blob that is gone is a problem, not a page of nginx', async (t) => {
  const { get, blobRoot } = await downloadRig(t, 'disk');
  rmSync(join(blobRoot, blobKey));
  const { status, headers, body } = await get();
  t.equal(status, 404);
  t.equal(headers['content-type'], 'application/problem+json');
  t.match(JSON.parse(body.toString()), { type: '/problems/not-found' });
});

t.test('that storage refuses nginx or is away is no fault of the client', async (t) => {
  const files: RequestListener = (_, response) => {
    response.setHeader('X-Storage-Authorization', 'Bearer wrong');
    response.setHeader('X-Accel-Redirect', `/_storage/${blobKey}`);
    response.end();
  };
  const storage = storageStandIn([]);
  const rig = await nginxRig(
    { auth: ok, tasks: ok, files, webhooks: ok, storage },
    { downloadVia: 'storage' },
  );
  t.teardown(() => rig.close());
  const refused = await send({ port: rig.port, path: '/api/files/1/content' });
  t.equal(refused.status, 502);
  t.match(JSON.parse(refused.body.toString()), { type: '/problems/bad-gateway' });
  await rig.stopUpstream('storage');
  const away = await send({ port: rig.port, path: '/api/files/1/content' });
  t.equal(away.status, 502);
  t.match(away.headers['retry-after'], /^\d+$/);
});
