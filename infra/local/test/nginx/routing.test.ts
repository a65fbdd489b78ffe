import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import t from 'tap';
import { until } from '../../src/process/until.js';
import { echoRig, problemOf } from './echo-rig.js';
import { send } from './send.js';

t.test('each route leads to its service', async (t) => {
  const { port, last } = await echoRig(t);
  for (const [path, name, url = path] of [
    ['/api/auth/login', 'auth'],
    ['/.well-known/jwks.json', 'auth'],
    ['/api/tasks', 'tasks'],
    ['/api/tasks/1/events?x=%2F', 'tasks'],
    ['/api/formats', 'tasks'],
    ['/readyz', 'tasks'],
    ['/api/files/1', 'files'],
    ['/api/webhooks', 'webhooks'],
    ['/api/webhooks/1/deliveries?status=failed', 'webhooks'],
    ['/api/files/0193a1de-7b5c-7c3e-9d1f-2f6a0c4b8e11/entries?limit=5', 'tasks'],
    ['/api/files/0193a1de-7b5c-7c3e-9d1f-2f6a0c4b8e11/entries/', 'tasks'],
    ['/api/formats/', 'tasks'],
    ['/api/tasks/', 'tasks'],
    ['/api/auth/login/', 'auth'],
    ['/api/files/0193a1de-7b5c-7c3e-9d1f-2f6a0c4b8e11/content', 'files'],
    ['/api/files/x/y/entries', 'files'],
  ] as const) {
    const { status, body } = await send({ port, path });
    t.equal(status, 200, path);
    t.equal(body.toString(), name, path);
    t.equal(last()?.request.url, url);
  }
});

t.test('metrics, liveness, storage and the internal locations are not reachable', async (t) => {
  const { port, seen } = await echoRig(t);
  for (const path of [
    '/metrics',
    '/livez',
    '/blobs/uploads/ab/x',
    '/storage',
    '/_disk/x',
    '/_storage/x',
    '/_problem',
    '/api/auth/../../metrics',
    '/api/tasks/..%2f..%2fmetrics',
    '/readyz/../metrics',
    '//metrics',
    '/docs/../nginx.conf',
    '/docs/..%2f..%2fnginx.conf',
    '/docs../nginx.conf',
  ]) {
    const { status, headers, body } = await send({ port, path });
    t.equal(status, path === '/docs/..%2f..%2fnginx.conf' ? 400 : 404, path);
    t.equal(headers['content-type'], 'application/problem+json', path);
    t.match(problemOf(body).type, /^\/problems\/(not-found|invalid-request)$/);
  }
  t.same(
    seen.map(({ request }) => request.url),
    [],
  );
});

t.test('what a client claims of itself is dropped', async (t) => {
  const { port, last } = await echoRig(t);
  await send({
    port,
    path: '/api/tasks',
    headers: {
      forwarded: 'for=1.2.3.4',
      'x-forwarded-for': '1.2.3.4',
      'x-real-ip': '1.2.3.4',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'evil.example',
      'x-download-via': 'disk',
      host: 'api.example',
      traceparent: '00-ab-cd-01',
    },
  });
  const headers = last()?.request.headers;
  t.match(headers, {
    'x-forwarded-for': '127.0.0.1',
    'x-forwarded-proto': 'http',
    'x-forwarded-host': 'api.example',
    host: 'api.example',
    traceparent: '00-ab-cd-01',
  });
  t.equal(headers?.forwarded, undefined);
  t.equal(headers?.['x-real-ip'], undefined);
  t.equal(headers?.['x-download-via'], undefined);
});

t.test(
  'a request id is passed on, made where there is none, and replaced where it is unsafe',
  async (t) => {
    const { port, last } = await echoRig(t);
    const idFor = async (headers: Record<string, string>) => {
      await send({ port, path: '/api/tasks', headers });
      return last()?.request.headers['x-request-id'];
    };
    t.equal(await idFor({ 'x-request-id': 'mine-1' }), 'mine-1');
    t.match(await idFor({}), /^[0-9a-f]{32}$/);
    t.match(await idFor({ 'x-request-id': 'a"b c' }), /^[0-9a-f]{32}$/);
    t.match(await idFor({ 'x-request-id': 'x'.repeat(129) }), /^[0-9a-f]{32}$/);
    const { headers, body } = await send({
      port,
      path: '/no',
      headers: { 'x-request-id': 'mine-2' },
    });
    t.equal(headers['x-request-id'], 'mine-2');
    t.equal(problemOf(body).requestId, 'mine-2');
  },
);

t.test('X-Accel-Redirect counts from files alone', async (t) => {
  const { port, blobRoot } = await echoRig(t);
  writeFileSync(join(blobRoot, 'secret'), 'not for you');
  const { body, headers } = await send({ port, path: '/api/auth/hijack' });
  t.equal(body.toString(), 'auth');
  t.equal(headers['x-accel-redirect'], undefined);
});

t.test('an upload reaches the service while it arrives', async (t) => {
  const { port, seen } = await echoRig(t);
  const socket = connect({ host: '127.0.0.1', port });
  t.teardown(() => socket.destroy());
  socket.write('POST /api/files HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nfirst');
  t.ok(await until(() => seen.length === 1, { timeout: 60_000 }), 'with most of the body unsent');
  const [{ request } = { request: undefined }] = seen;
  t.equal(request?.headers['content-length'], '100');
});

t.test('the reference page and the document are static files', async (t) => {
  const { port, docsRoot } = await echoRig(t);
  writeFileSync(join(docsRoot, 'index.html'), '<p>reference');
  writeFileSync(join(docsRoot, 'openapi.json'), '{}');
  const moved = await send({ port, path: '/docs' });
  t.equal(moved.status, 301);
  t.equal(moved.headers.location, '/docs/');
  const page = await send({ port, path: '/docs/' });
  t.equal(page.body.toString(), '<p>reference');
  t.equal(page.headers['content-type'], 'text/html');
  t.match(page.headers['content-security-policy'], "default-src 'self'");
  const document = await send({ port, path: '/openapi.json' });
  t.equal(document.body.toString(), '{}');
  t.equal(document.headers['content-type'], 'application/json');
});

t.test("the address of a problem's type leads to its page", async (t) => {
  const { port, docsRoot } = await echoRig(t);
  mkdirSync(join(docsRoot, 'problems'));
  writeFileSync(join(docsRoot, 'problems/index.html'), '<p>all');
  writeFileSync(join(docsRoot, 'problems/task-busy.html'), '<p>busy');
  for (const [path, text] of [
    ['/problems/task-busy', '<p>busy'],
    ['/problems/', '<p>all'],
  ]) {
    const { status, headers, body } = await send({ port, path: path ?? '' });
    t.equal(status, 200);
    t.equal(body.toString(), text);
    t.equal(headers['content-type'], 'text/html');
    t.match(headers['content-security-policy'], "default-src 'self'");
  }
  t.equal((await send({ port, path: '/problems' })).headers.location, '/problems/');
  const unknown = await send({ port, path: '/problems/none' });
  t.equal(unknown.status, 404);
  t.match(problemOf(unknown.body), { type: '/problems/not-found', status: 404 });
});
