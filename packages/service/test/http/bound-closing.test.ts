import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import Fastify from 'fastify';
import t from 'tap';
import { boundClosing } from '../../src/http/bound-closing.js';

t.test('a body that never ends does not keep the app from closing', async (t) => {
  const app = Fastify({ forceCloseConnections: 'idle' });
  boundClosing(app, 50);
  app.post('/', async () => 'read');
  await app.listen({ host: '127.0.0.1', port: 0 });
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  const arrived = once(app.server, 'request');
  socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\n');
  socket.write('content-length: 9\r\n\r\nhalf');
  await arrived;
  socket.on('error', () => undefined).resume();
  await Promise.all([app.close(), once(socket, 'close')]);
  t.equal(app.server.listening, false);
});
