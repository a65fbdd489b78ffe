import { readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { fromRoot } from '../src/layout.js';
import { until } from '../src/until.js';
import { nginxRig } from './nginx-rig.js';
import { send, sendRaw } from './send.js';

type Listed = { name: string; request: IncomingMessage };

/** Each upstream says its own name, and what it was asked is kept. */
async function echoRig(t: Test) {
  const seen: Listed[] = [];
  const upstream =
    (name: string): RequestListener =>
    (request, response) => {
      seen.push({ name, request });
      if (request.url === '/api/auth/hijack')
        response.setHeader('X-Accel-Redirect', '/_disk/secret');
      if (request.url === '/api/tasks/gone') response.statusCode = 404;
      request.resume();
      request.on('end', () => response.end(name));
    };
  const rig = await nginxRig({
    ...{ auth: upstream('auth'), tasks: upstream('tasks') },
    ...{ files: upstream('files'), storage: upstream('storage') },
  });
  t.teardown(() => rig.close());
  seen.length = 0;
  return { ...rig, seen, last: () => seen.at(-1) };
}

const problemOf = (body: Buffer) => JSON.parse(body.toString()) as Record<string, unknown>;

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
    ...[
      '/metrics',
      '/livez',
      '/blobs/uploads/ab/x',
      '/storage',
      '/_disk/x',
      '/_storage/x',
      '/_problem',
    ],
    ...[
      '/api/auth/../../metrics',
      '/api/tasks/..%2f..%2fmetrics',
      '/readyz/../metrics',
      '//metrics',
    ],
    ...['/docs/../nginx.conf', '/docs/..%2f..%2fnginx.conf', '/docs../nginx.conf'],
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
      ...{ forwarded: 'for=1.2.3.4', 'x-forwarded-for': '1.2.3.4', 'x-real-ip': '1.2.3.4' },
      ...{ 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example' },
      ...{ 'x-download-via': 'disk', host: 'api.example', traceparent: '00-ab-cd-01' },
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

t.test('an answer of a service is left as it is', async (t) => {
  const { port } = await echoRig(t);
  const { status, body } = await send({ port, path: '/api/tasks/gone' });
  t.equal(status, 404);
  t.equal(body.toString(), 'tasks');
});

t.test('X-Accel-Redirect counts from files alone', async (t) => {
  const { port, blobRoot } = await echoRig(t);
  writeFileSync(join(blobRoot, 'secret'), 'not for you');
  const { body, headers } = await send({ port, path: '/api/auth/hijack' });
  t.equal(body.toString(), 'auth');
  t.equal(headers['x-accel-redirect'], undefined);
});

t.test('an upload over the limit is refused before its body is read', async (t) => {
  const { port, seen } = await echoRig(t);
  const head = `POST /api/files HTTP/1.1\r\nHost: x\r\nContent-Length: ${8 * 1024 * 1024}\r\n\r\n`;
  const answer = await sendRaw(port, `${head}a`);
  t.match(answer, /^HTTP\/1.1 413 /);
  t.match(answer, /"type":"\/problems\/upload-too-large"/);
  t.same(seen, []);
});

t.test('an upload reaches the service while it arrives', async (t) => {
  const { port, seen } = await echoRig(t);
  const socket = connect({ host: '127.0.0.1', port });
  t.teardown(() => socket.destroy());
  socket.write('POST /api/files HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nfirst');
  t.ok(await until(() => seen.length === 1, { timeout: 5_000 }), 'with most of the body unsent');
  const [{ request } = { request: undefined }] = seen;
  t.equal(request?.headers['content-length'], '100');
});

t.test('what cannot be parsed is a problem too', async (t) => {
  const { port, docsRoot } = await echoRig(t);
  writeFileSync(join(docsRoot, 'openapi.json'), '{}');
  for (const [bytes, status, slug] of [
    ['nonsense\r\n\r\n', 400, 'invalid-request'],
    ['GET /api/tasks HTTP/1.1\r\n\r\n', 400, 'invalid-request'],
    [`GET /${'a'.repeat(40_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 414, 'invalid-request'],
    [`GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`, 431, 'headers-too-large'],
    [
      'POST /openapi.json HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      405,
      'method-not-allowed',
    ],
  ] as const) {
    const answer = await sendRaw(port, bytes);
    t.match(answer, new RegExp(`^HTTP/1.1 ${status} `), bytes.slice(0, 30));
    t.match(answer, `"type":"/problems/${slug}"`);
    t.match(answer, `"status":${status}`);
    t.match(answer, 'Content-Type: application/problem+json');
    t.notMatch(answer, /<html>|nginx\//);
  }
});

t.test('a service that is away is a 502 with Retry-After', async (t) => {
  const { port, stopUpstream } = await echoRig(t);
  await stopUpstream('auth');
  const { status, headers, body } = await send({ port, path: '/api/auth/login', method: 'POST' });
  t.equal(status, 502);
  t.equal(headers['content-type'], 'application/problem+json');
  t.match(headers['retry-after'], /^\d+$/);
  t.match(problemOf(body), { type: '/problems/bad-gateway', status: 502 });
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

t.test('its problems are those of the contracts', async (t) => {
  const { problems } = (await import(fromRoot('packages/contracts/dist/src/problems.js'))) as {
    problems: Record<string, { status: number; title: string }>;
  };
  const template = readFileSync(fromRoot('infra/nginx/nginx.conf.template'), 'utf8');
  const rows = (name: string) => {
    const block = new RegExp(`map \\$status \\$${name} \\{([^}]*)\\}`).exec(template)?.[1] ?? '';
    const found = block.matchAll(/^\s*(\d+|default) "?([^";]+)"?;$/gm);
    return new Map([...found].map(([, status = '', value = '']) => [status, value]));
  };
  const slugs = rows('problem_slug');
  const titles = rows('problem_title');
  t.ok(slugs.size > 10);
  t.same([...titles.keys()], [...slugs.keys()]);
  for (const [status, slug] of slugs) {
    t.equal(problems[slug]?.title, titles.get(status), slug);
    // 414 has no problem of its own.
    if (status !== 'default' && status !== '414') t.equal(problems[slug]?.status, Number(status));
  }
});
