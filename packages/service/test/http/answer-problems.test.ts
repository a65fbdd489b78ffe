import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import t, { type Test } from 'tap';
import { createHttpApp } from '../../src/http/http-app.js';
import { ProblemError } from '../../src/problem/problem-error.js';
import { createLogger } from '../../src/process/logger.js';

const fault = new Error('the server is away');

async function app(t: Test) {
  const app = await createHttpApp({
    service: 'test',
    checks: {},
    logger: createLogger('test', 'silent'),
    unavailable: (error) => error === fault,
  });
  app.get('/things/:id', async () => 'thing');
  app.delete('/things/:id', async () => 'gone');
  app.get('/away', async () => {
    throw fault;
  });
  app.post('/closed', {
    onRequest: async () => {
      throw new ProblemError('unauthenticated');
    },
    handler: async () => 'open',
  });
  t.teardown(() => app.close());
  return app;
}

/** What comes back for the bytes sent, up to where the server ends the connection. */
async function spoken(t: Test, server: Awaited<ReturnType<typeof app>>, bytes: string) {
  await server.listen({ host: '127.0.0.1', port: 0 });
  const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
  t.teardown(() => socket.destroy());
  socket.write(bytes);
  return { socket, answer: text(socket) };
}

t.test('addresses that the router itself refuses', async (t) => {
  const server = await app(t);
  for (const url of ['/things/%zz', `/things/${'x'.repeat(513)}`]) {
    const response = await server.inject({ url, headers: { 'x-request-id': 'abc' } });
    t.equal(response.statusCode, 400);
    t.equal(response.headers['content-type'], 'application/problem+json');
    t.equal(response.headers['x-request-id'], 'abc');
    t.match(response.json(), { type: '/problems/invalid-request', instance: url });
  }
});

t.test('another method of a known address is told which there are', async (t) => {
  const server = await app(t);
  const response = await server.inject({ method: 'PUT', url: '/things/1?x=y' });
  t.equal(response.statusCode, 405);
  t.equal(response.headers.allow, 'DELETE, GET, HEAD');
  t.equal(response.json().type, '/problems/method-not-allowed');
  for (const url of ['/things', '/things/1/2']) {
    t.equal((await server.inject({ method: 'PUT', url })).statusCode, 404);
  }
});

t.test('an error that may pass is 503', async (t) => {
  const response = await (await app(t)).inject('/away');
  t.equal(response.statusCode, 503);
  t.equal(response.headers['retry-after'], '2');
  t.equal(response.json().type, '/problems/unavailable');
});

t.test('what is no HTTP is answered in the same form', async (t) => {
  const { answer } = await spoken(t, await app(t), 'nonsense\r\n\r\n');
  const [head = '', body = ''] = (await answer).split('\r\n\r\n');
  t.match(head, /^HTTP\/1\.1 400 Bad Request\r\ncontent-type: application\/problem\+json/);
  t.match(JSON.parse(body), { type: '/problems/invalid-request', status: 400 });
});

t.test('a refused body is let go, and cut off when it does not end', async (t) => {
  const { setTimeout: real } = globalThis;
  t.teardown(() => {
    globalThis.setTimeout = real;
  });
  const head = 'POST /closed HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n1\r\nx\r\n';
  globalThis.setTimeout = ((work: () => void, ms?: number) =>
    real(work, ms === 10_000 ? 100 : ms)) as typeof setTimeout;
  const { socket, answer } = await spoken(t, await app(t), head);
  const closed = once(socket, 'close');
  const said = await answer.catch(String);
  t.match(said, /^HTTP\/1\.1 401 /);
  t.notMatch(said, /connection: close/i);
  await closed;
});

t.test('a body of another type keeps its connection, for the proxy in between', async (t) => {
  const response = await (await app(t)).inject({
    method: 'DELETE',
    url: '/things/1',
    payload: 'a,b',
    headers: { 'content-type': 'text/csv' },
  });
  t.equal(response.statusCode, 415);
  t.not(response.headers.connection, 'close');
});
