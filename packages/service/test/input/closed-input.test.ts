import '@fastify/swagger';
import t, { type Test } from 'tap';
import Type from 'typebox';
import { createHttpApp } from '../../src/http/http-app.js';
import { createLogger } from '../../src/process/logger.js';

async function serve(t: Test) {
  const app = await createHttpApp({
    ...{ service: 'test', checks: {}, logger: createLogger('test', 'silent') },
  });
  const body = Type.Object({
    n: Type.Optional(Type.Integer()),
    options: Type.Optional(Type.Object({ name: Type.Optional(Type.String()) })),
  });
  app.post('/echo', { schema: { operationId: 'echo', body } }, async (request) => request.body);
  app.post('/bare', { schema: { operationId: 'bare' } }, async () => ({ done: true }));
  app.get('/bare', { schema: { operationId: 'get' } }, async () => ({ done: true }));
  const content = { 'application/json': { schema: body } };
  app.post('/typed', { schema: { operationId: 'typed', body: { content } } }, async (r) => r.body);
  app.post('/internal', { schema: { body } }, async (request) => request.body);
  t.teardown(() => app.close());
  return app;
}

t.test('an operation refuses what it does not know, in its body and its query', async (t) => {
  const app = await serve(t);
  const refused: [string, object | undefined, string][] = [
    ['/echo', { m: 1 }, '/m'],
    ['/echo', { options: { nam: 'x' } }, '/options/nam'],
    ['/echo?n=1', { n: 1 }, '/n'],
    ['/typed', { m: 1 }, '/m'],
    ['/bare', { n: 1 }, '/n'],
    ['/bare', [1], ''],
    ['/bare?n', undefined, '/n'],
  ];
  for (const [url, payload, pointer] of refused) {
    const response = await app.inject({ method: 'POST', url, ...(payload && { payload }) });
    t.equal(response.statusCode, 400, url);
    t.match(response.json(), { type: '/problems/invalid-request', errors: [{ pointer }] }, url);
  }
  for (const method of ['GET', 'HEAD'] as const) {
    t.equal((await app.inject({ method, url: '/bare?n=1' })).statusCode, 400, method);
  }
});

t.test('an operation without a body takes an empty one', async (t) => {
  const app = await serve(t);
  const headers = { 'content-type': 'application/json' };
  for (const payload of ['', '{}', 'null']) {
    const response = await app.inject({ method: 'POST', url: '/bare', headers, payload });
    t.equal(response.statusCode, 200, JSON.stringify(payload));
  }
});

t.test('a field of a JSON body is sent once', async (t) => {
  const app = await serve(t);
  const headers = { 'content-type': 'application/json' };
  const payload = '{"n":1,"options":{"name":"hunter2","name":"hunter3"}}';
  const response = await app.inject({ method: 'POST', url: '/echo', headers, payload });
  t.match(response.json(), {
    status: 400,
    errors: [{ pointer: '/options/name', detail: '`options.name` may be sent only once.' }],
  });
});

t.test('what services and probes call stays open', async (t) => {
  const app = await serve(t);
  const payload = { n: 1, m: 2 };
  const response = await app.inject({ method: 'POST', url: '/internal?x=1', payload });
  t.strictSame(response.json(), payload);
  for (const url of ['/livez?x=1', '/readyz?x=1', '/metrics?x=1']) {
    t.equal((await app.inject(url)).statusCode, 200, url);
  }
});

t.test('a slash at the end of a path changes nothing', async (t) => {
  const app = await serve(t);
  const payload = { n: 1 };
  const response = await app.inject({ method: 'POST', url: '/echo/', payload });
  t.strictSame(response.json(), payload);
  const other = await app.inject({ method: 'DELETE', url: '/bare/' });
  t.equal(other.headers.allow, 'GET, HEAD, POST');
});

t.test('a body of a type that is not read is told those that are', async (t) => {
  const app = await serve(t);
  const headers = { 'content-type': 'text/csv' };
  const sent = (url: string) => app.inject({ method: 'POST', url, headers, payload: 'a,b' });
  const detail = '`Content-Type` must be `application/json`; got "text/csv".';
  for (const url of ['/echo', '/typed']) t.match((await sent(url)).json(), { status: 415, detail });
  t.match((await sent('/bare')).json(), { status: 415, detail: 'This operation takes no body.' });
});
