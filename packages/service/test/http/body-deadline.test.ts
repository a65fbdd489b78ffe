import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import Fastify from 'fastify';
import t from 'tap';
import { answerProblems } from '../../src/http/answer-problems.js';
import { boundJsonBodies } from '../../src/http/body-deadline.js';

t.test('a JSON body that does not end is answered and cut; one that does is read', async (t) => {
  const app = Fastify();
  answerProblems(app);
  boundJsonBodies(app, 100);
  app.post('/', async (request) => request.body);
  t.teardown(() => app.close());
  t.strictSame((await app.inject({ method: 'POST', url: '/', payload: { n: 1 } })).json(), {
    n: 1,
  });

  await app.listen({ host: '127.0.0.1', port: 0 });
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n');
  socket.write('content-length: 9\r\n\r\n{');
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  t.match(head, /^HTTP\/1\.1 408 /);
  t.match(JSON.parse(body), { type: '/problems/request-timeout' });
});
