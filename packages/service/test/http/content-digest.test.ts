import { createHash } from 'node:crypto';
import t from 'tap';
import { digestCheck } from '../../src/http/content-digest.js';
import { createHttpApp } from '../../src/http/http-app.js';
import { ProblemError } from '../../src/problem/problem-error.js';
import { createLogger } from '../../src/process/logger.js';

const digestOf = (body: string, name: 'sha-256' | 'sha-512' = 'sha-256') =>
  `${name}=:${createHash(name.replace('-', '')).update(body).digest('base64')}:`;

t.test('a JSON body is held against its digest', async (t) => {
  const logger = createLogger('test', 'silent');
  const app = await createHttpApp({ service: 'test', logger, checks: {} });
  t.teardown(() => app.close());
  app.post('/echo', async ({ body }) => body);
  const body = '{"a":1}';
  const send = (digest: string, type = 'application/json') =>
    app.inject({
      method: 'POST',
      url: '/echo',
      payload: body,
      headers: { 'content-type': type, 'content-digest': digest },
    });

  for (const digest of [
    digestOf(body),
    digestOf(body, 'sha-512'),
    `${digestOf(body)}, ${digestOf(body, 'sha-512')}`,
    'md5=:AAAA:',
    `unixsum=:AAAA:,${digestOf(body)}`,
  ]) {
    const { statusCode, body: answered } = await send(digest);
    t.equal(statusCode, 200, digest);
    t.equal(answered, body);
  }
  for (const digest of [
    digestOf('{"a":2}'),
    `${digestOf(body)}, ${digestOf('other', 'sha-512')}`,
    'sha-256=:AAAA:',
  ]) {
    const answer = await send(digest, 'application/json; charset=utf-8');
    t.match(answer.json(), { status: 400, type: '/problems/digest-mismatch' }, digest);
  }
  const unreadable = await send('sha-256=AAAA');
  t.match(unreadable.json(), { status: 400, type: '/problems/invalid-request' });
});

t.test('a body that nobody reads harms nobody', async (t) => {
  const logger = createLogger('test', 'silent');
  const app = await createHttpApp({ service: 'test', logger, checks: {} });
  t.teardown(() => app.close());
  app.addHook('preParsing', async (request) => {
    if (request.method === 'DELETE') throw new ProblemError('unauthenticated');
  });
  app.get('/', async () => 'read');
  app.delete('/', async () => 'deleted');
  const headers = { 'content-type': 'application/json', 'content-digest': 'sha-256=:AAAA:' };
  const send = (method: 'GET' | 'DELETE') =>
    app.inject({ method, url: '/', payload: '{}', headers });
  t.equal((await send('GET')).statusCode, 200);
  t.equal((await send('DELETE')).statusCode, 401);
  // What would have been thrown is thrown by now.
  await new Promise((resolve) => setImmediate(resolve));
});

t.test(
  'a dictionary of RFC 9651: spaces, parameters, the last of two, several fields',
  async (t) => {
    const body = Buffer.from('body');
    const [right, wrong] = [digestOf('body'), digestOf('other')];
    for (const header of [
      `  ${right}  `,
      `${right};created=1`,
      `md5=:AAAA: ,\t${right}`,
      `${wrong}, ${right}`,
      ['md5=:AAAA:', right],
    ]) {
      const check = digestCheck(header);
      check?.update(body);
      t.doesNotThrow(() => check?.verify(), String(header));
      t.ok(check, String(header));
    }
  },
);

t.test('what is no such dictionary is refused, never passed over', async (t) => {
  const base64 = digestOf('body').slice('sha-256='.length);
  for (const header of [
    `SHA-256=${base64}`,
    `sha-256=${base64.slice(1)}`,
    `sha-256=${base64.slice(0, -1)}`,
    'sha-256',
    'sha-256="AAAA"',
    'sha-256=:A*A:',
    `sha-256=(${base64})`,
    `sha-256=${base64},`,
    `sha-256=${base64} sha-512=${base64}`,
    'sha-256=:AAAA:, =',
  ])
    t.throws(() => digestCheck(header), { code: 'invalid-request' }, header);
});

t.test('nothing to hold it against', async (t) => {
  for (const header of [undefined, '', 'md5=:AAAA:', 'nonsense'])
    t.equal(digestCheck(header), undefined);
});
