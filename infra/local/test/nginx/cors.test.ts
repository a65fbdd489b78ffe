import type { RequestListener } from 'node:http';
import t, { type Test } from 'tap';
import { nginxRig } from './rig.js';
import { send } from './send.js';

const ours = 'https://app.example';
const theirs = 'https://evil.example';
const origin = (name: string) => ({ origin: name });

async function rigFor(t: Test, corsOrigins: string) {
  const seen: string[] = [];
  const upstream: RequestListener = (request, response) => {
    seen.push(`${request.method} ${request.url}`);
    response.setHeader('Location', '/api/tasks/1');
    response.end('ok');
  };
  const others = { files: upstream, webhooks: upstream, storage: upstream };
  const rig = await nginxRig({ auth: upstream, tasks: upstream, ...others }, { corsOrigins });
  t.teardown(() => rig.close());
  seen.length = 0;
  return { ...rig, seen };
}

const preflight = (name: string) => ({
  ...origin(name),
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'authorization, content-type',
});

const corsOf = (headers: object) =>
  Object.entries(headers).filter(([name]) => /^(access-control-|vary$)/.test(name));

t.test('nothing is said of other origins unless some are configured', async (t) => {
  const { port, seen } = await rigFor(t, '');
  const asked = await send({ port, path: '/api/tasks', headers: origin(ours) });
  t.same(corsOf(asked.headers), []);
  await send({ port, path: '/api/tasks', method: 'OPTIONS', headers: preflight(ours) });
  t.same(seen, ['GET /api/tasks', 'OPTIONS /api/tasks'], 'a preflight is a request like others');
  const missing = await send({ port, path: '/nowhere', headers: origin(ours) });
  t.same(corsOf(missing.headers), []);
});

t.test('a configured origin may call the API and read its answers', async (t) => {
  const { port, seen } = await rigFor(t, `http://localhost:3000 ${ours}`);
  for (const name of [ours, 'http://localhost:3000']) {
    const { status, headers, body } = await send({
      port,
      path: '/api/auth/login',
      method: 'OPTIONS',
      headers: preflight(name),
    });
    t.equal(status, 204);
    t.equal(body.length, 0);
    t.equal(headers['access-control-allow-origin'], name);
    t.match(headers['access-control-allow-methods'], 'PATCH');
    t.match(headers['access-control-allow-headers'], 'Authorization, ');
    t.equal(headers['access-control-max-age'], '7200');
    t.equal(headers['access-control-allow-credentials'], undefined);
  }
  t.same(seen, [], 'no service is asked');
  // nginx's own answers too: a page is to learn why.
  for (const [path, status] of [
    ['/api/tasks', 200],
    ['/nowhere', 404],
  ] as const) {
    const answer = await send({ port, path, headers: origin(ours) });
    t.equal(answer.status, status);
    t.equal(answer.headers['access-control-allow-origin'], ours);
    t.match(answer.headers['access-control-expose-headers'], 'Location, ');
    t.equal(answer.headers.vary, 'Origin');
    t.equal(answer.headers['access-control-allow-methods'], undefined);
  }
});

t.test('other origins may not, however like they look', async (t) => {
  const { port } = await rigFor(t, ours);
  for (const name of [
    theirs,
    `${ours}.evil.example`,
    `${theirs}/${ours}`,
    'https://app',
    'null',
    '',
    'http://app.example',
    `${ours}:444`,
    `${theirs} ${ours}`,
  ]) {
    const { headers } = await send({ port, path: '/api/tasks', headers: origin(name) });
    t.same(corsOf(headers), [['vary', 'Origin']], name);
  }
});
