import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import t from 'tap';
import { createHttpApp } from '../../src/http/http-app.js';
import { createLogger } from '../../src/process/logger.js';

t.test('a request that does not arrive in time is answered and cut', async (t) => {
  const app = await createHttpApp({
    service: 'test',
    checks: {},
    logger: createLogger('test', 'silent'),
    requestTimeout: 100,
  });
  t.teardown(() => app.close());
  app.post('/', async () => 'read');
  await app.listen({ host: '127.0.0.1', port: 0 });
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n');
  socket.write('content-length: 9\r\n\r\n{');
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  t.match(head, /^HTTP\/1\.1 408 Request Timeout/);
  t.match(JSON.parse(body), { type: '/problems/request-timeout', requestId: /./ });
});

t.test('it is a minute at most, and can be left to the app', async (t) => {
  const logger = createLogger('test', 'silent');
  const bound = async (options = {}) => {
    const app = await createHttpApp({ service: 'test', checks: {}, logger, ...options });
    t.teardown(() => app.close());
    return app.server.requestTimeout;
  };
  const usual = await bound();
  t.ok(usual > 0 && usual < 60_000);
  t.equal(await bound({ requestTimeout: 0 }), 0);
});
