import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { fromRoot } from '../../src/run/layout.js';
import { echoRig, problemOf } from './echo-rig.js';
import { send, sendRaw } from './send.js';

t.test('an answer of a service is left as it is', async (t) => {
  const { port } = await echoRig(t);
  const { status, body } = await send({ port, path: '/api/tasks/gone' });
  t.equal(status, 404);
  t.equal(body.toString(), 'tasks');
});

t.test('an upload over the limit is refused before its body is read', async (t) => {
  const { port, seen } = await echoRig(t);
  const head = `POST /api/files HTTP/1.1\r\nHost: x\r\nContent-Length: ${8 * 1024 * 1024}\r\n\r\n`;
  const answer = await sendRaw(port, `${head}a`);
  t.match(answer, /^HTTP\/1.1 413 /);
  t.match(answer, /"type":"\/problems\/upload-too-large"/);
  t.same(seen, []);
});

t.test('what cannot be parsed is a problem too', async (t) => {
  const { port, docsRoot } = await echoRig(t);
  writeFileSync(join(docsRoot, 'openapi.json'), '{}');
  for (const [bytes, status, slug] of [
    ['nonsense\r\n\r\n', 400, 'invalid-request'],
    ['GET /api/tasks HTTP/1.1\r\n\r\n', 400, 'invalid-request'],
    [`GET /${'a'.repeat(40_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 414, 'uri-too-long'],
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
    if (status !== 'default') t.equal(problems[slug]?.status, Number(status));
  }
});
