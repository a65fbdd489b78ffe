import { pino } from 'pino';
import t, { type Test } from 'tap';
import Type from 'typebox';
import { createHttpApp } from '../../src/http/http-app.js';
import { ProblemError } from '../../src/problem/problem-error.js';
import { createLogger } from '../../src/process/logger.js';

async function app(t: Test, checks = {}) {
  const app = await createHttpApp({
    service: 'test',
    checks,
    logger: createLogger('test', 'silent'),
    bodyLimit: 100,
  });
  app.post('/echo', { schema: { body: Type.Object({ n: Type.Integer() }) } }, async (r) => r.body);
  app.get('/known', async () => {
    throw new ProblemError('task-not-found', { detail: 'Gone.', headers: { 'retry-after': '3' } });
  });
  app.get('/unknown', async () => {
    throw new Error('a secret of the inside');
  });
  t.teardown(() => app.close());
  return app;
}

t.test('every error is a problem', async (t) => {
  const server = await app(t);
  const post = (payload: string, type = 'application/json') =>
    server.inject({ method: 'POST', url: '/echo?x=1', payload, headers: { 'content-type': type } });

  const known = await server.inject({ url: '/known', headers: { 'x-request-id': 'abc-1' } });
  t.equal(known.headers['content-type'], 'application/problem+json');
  t.equal(known.headers['retry-after'], '3');
  t.strictSame(known.json(), {
    type: '/problems/task-not-found',
    title: 'Task not found',
    status: 404,
    detail: 'Gone.',
    instance: '/known',
    requestId: 'abc-1',
  });

  const unknown = await server.inject({ url: '/unknown' });
  t.equal(unknown.statusCode, 500);
  t.equal(unknown.json().type, '/problems/internal-error');
  t.notMatch(unknown.body, /secret/);

  t.match((await post('{"n":"x"}')).json(), {
    type: '/problems/invalid-request',
    instance: '/echo',
    errors: [{ pointer: '/n', detail: '`n` must be a whole number; got "x".' }],
  });
  t.match((await post('{}')).json(), { errors: [{ pointer: '/n' }] });
  t.equal((await post('{')).json().type, '/problems/invalid-request');
  t.equal((await post('x', 'text/csv')).json().type, '/problems/unsupported-media-type');
  t.equal((await post(`{"n":1${' '.repeat(100)}}`)).json().type, '/problems/upload-too-large');
  t.equal((await server.inject({ url: '/nowhere' })).json().type, '/problems/not-found');
});

t.test('every answer tells a browser to make nothing of it', async (t) => {
  const server = await app(t);
  for (const url of ['/livez', '/known', '/nowhere']) {
    t.match((await server.inject({ url })).headers, {
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': /^max-age=\d{7,}/,
    });
  }
});

t.test('request ids are taken, answered, and never used unchecked', async (t) => {
  const server = await app(t);
  const idOf = async (given?: string) => {
    const headers = given === undefined ? {} : { 'x-request-id': given };
    return (await server.inject({ url: '/known', headers })).headers['x-request-id'];
  };
  t.equal(await idOf('trace:1.2_3-4'), 'trace:1.2_3-4');
  t.match(await idOf(), /^[0-9a-f-]{36}$/);
  t.match(await idOf('a b'), /^[0-9a-f-]{36}$/);
  t.match(await idOf('x'.repeat(200)), /^[0-9a-f-]{36}$/);
});

t.test('readyz says what is there, and 503 as long as something is not', async (t) => {
  let broken = false;
  const server = await app(t, {
    database: () => 'reachable',
    broker: () => {
      if (broken) throw new Error('refused');
    },
  });
  t.equal((await server.inject({ url: '/livez' })).statusCode, 200);
  const ready = await server.inject({ url: '/readyz' });
  t.equal(ready.statusCode, 200);
  t.strictSame(ready.json(), {
    status: 'ready',
    checks: { database: 'ok: reachable', broker: 'ok' },
  });
  broken = true;
  const unready = await server.inject({ url: '/readyz' });
  t.equal(unready.statusCode, 503);
  t.equal(unready.headers['retry-after'], '1');
  t.match(unready.json(), { status: 'unready', checks: { broker: 'failed: refused' } });
});

t.test('what is optional degrades: told, and ready all the same', async (t) => {
  const logger = createLogger('test', 'silent');
  const away = () => {
    throw new Error('refused');
  };
  const asked = async (checks: Record<string, () => void>) => {
    const app = await createHttpApp({ service: 'test', logger, checks, optional: ['broker'] });
    t.teardown(() => app.close());
    const response = await app.inject('/readyz');
    return [response.statusCode, response.json()];
  };
  t.match(await asked({ database: () => undefined, broker: away }), [
    200,
    { status: 'degraded', checks: { database: 'ok', broker: 'degraded: refused' } },
  ]);
  t.match(await asked({ database: away, broker: away }), [503, { status: 'unready' }]);
  t.match(await asked({ broker: () => undefined }), [200, { status: 'ready' }]);
});

t.test('the trace context is logged with the request id', async (t) => {
  const lines: Record<string, unknown>[] = [];
  const logger = pino({ base: null }, { write: (line) => lines.push(JSON.parse(line)) });
  const app = await createHttpApp({ service: 'test', logger, checks: {} });
  t.teardown(() => app.close());
  app.get('/', async () => 'x');
  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
  await app.inject({ url: '/', headers: { traceparent, 'x-request-id': 'one' } });
  await app.inject({ url: '/', headers: { traceparent: 'x', 'x-request-id': 'two' } });
  t.match(lines[0], { requestId: 'one', traceparent, status: 200 });
  t.equal(lines[1]?.traceparent, undefined);
});

t.test('metrics count requests by route, not by address', async (t) => {
  const server = await app(t);
  await server.inject({ url: '/known?a=1' });
  await server.inject({ url: '/nowhere/42' });
  const { body } = await server.inject({ url: '/metrics' });
  t.match(
    body,
    /http_request_duration_seconds_count\{[^}]*route="\/known"[^}]*status="404"[^}]*\} 1/,
  );
  t.notMatch(body, /nowhere/);
  t.match(body, /process_resident_memory_bytes/);
});
