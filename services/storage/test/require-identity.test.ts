import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { blobKey } from '@comprimemelo/contracts/blob-keys';
import { createServiceIdentity } from '@comprimemelo/service/identity/service-identity';
import t from 'tap';
import { serveStorage, slugOf } from './serve-storage.js';

const storage = await serveStorage();
t.teardown(() => storage.close());

const key = blobKey('uploads', randomUUID());
const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

function token(claims: object, secret = storage.keys.tasks, header: object = { alg: 'HS256' }) {
  const signed = `${base64url({ typ: 'JWT', ...header })}.${base64url(claims)}`;
  return `Bearer ${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

/** Claims that are good for a minute from the moment that they are asked for. */
function claims(from = 0, to = 60) {
  const now = Math.floor(Date.now() / 1_000);
  return { iss: 'tasks', aud: 'storage', iat: now + from, exp: now + to };
}

const another = randomBytes(32).toString('base64url');

const refused: Record<string, () => string | undefined> = {
  'no identity': () => undefined,
  'another scheme': () => `Basic ${Buffer.from('tasks:tasks').toString('base64')}`,
  'an empty token': () => 'Bearer ',
  'not a token': () => 'Bearer abc',
  'an unknown key': () => token(claims(), another),
  "another caller's key": () => token(claims(), storage.keys.files),
  'an expired token': () => token(claims(-120, -60)),
  'a token without an end': () => token({ ...claims(), exp: undefined }),
  'a token that lives too long': () => token(claims(-10_000, 10_000)),
  'another audience': () => token({ ...claims(), aud: 'files' }),
  'an unknown caller': () => token({ ...claims(), iss: 'notifier' }),
  'alg none': () => `Bearer ${base64url({ alg: 'none', typ: 'JWT' })}.${base64url(claims())}.`,
};

for (const [name, make] of Object.entries(refused)) {
  t.test(`401 for ${name}, on every route`, async (t) => {
    const authorization = make();
    const headers = authorization === undefined ? {} : { authorization };
    const routes: [string, string][] = [
      ...['PUT', 'GET', 'HEAD', 'DELETE'].map((method): [string, string] => [
        method,
        `/blobs/${key}`,
      ]),
      ['GET', '/blobs?area=uploads'],
    ];
    for (const [method, path] of routes) {
      const answer = await storage.ask({ method, path, headers, as: null });
      t.equal(answer.status, 401, `${method} ${path}`);
      if (method !== 'HEAD') t.equal(slugOf(answer), 'unauthenticated');
    }
  });
}

t.test('nothing was written by them, and the right identity is let in', async (t) => {
  t.same(await readdir(join(storage.root, 'uploads', key.slice(8, 10))), []);
  const identity = createServiceIdentity({
    service: 'tasks',
    audience: 'storage',
    key: storage.keys.tasks,
  });
  for (const authorization of [identity(), token(claims())]) {
    const path = `/blobs/${key}`;
    const answer = await storage.ask({ path, headers: { authorization }, as: null });
    t.equal(answer.status, 404);
  }
});

t.test('health needs no identity', async (t) => {
  for (const path of ['/livez', '/readyz', '/metrics']) {
    t.equal((await storage.ask({ path, as: null })).status, 200, path);
  }
  const ready = await storage.ask({ path: '/readyz', as: null });
  t.match(JSON.parse(ready.body.toString()), { checks: { disk: /^ok: \d+ GB free$/ } });
});
