import { once } from 'node:events';
import { createServer } from 'node:net';
import t from 'tap';
import { Refusal } from '../../src/process/refusal.js';
import { checkPorts, portsFrom } from '../../src/run/ports.js';
import { freePorts } from '../fixtures/free-ports.js';

t.test('every port follows from the first', (t) => {
  const ports = portsFrom(8080);
  t.match(ports, { nginx: 8080, auth: 8081, storage: 8084, database: 8087, broker: 8088 });
  t.equal(new Set(Object.values(ports)).size, Object.keys(ports).length);
  t.end();
});

t.test('what is no port is refused', (t) => {
  for (const wrong of [Number.NaN, 0, -1, 80.5, 65_535]) {
    t.throws(() => portsFrom(wrong), Refusal);
  }
  t.doesNotThrow(() => portsFrom(65_523));
  t.end();
});

t.test('a taken port is named, with a way out', async (t) => {
  const first = await freePorts(13);
  const ports = portsFrom(first);
  await t.resolves(checkPorts(ports));
  const server = createServer().listen(ports.files, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  await t.rejects(checkPorts(ports), {
    name: 'Refusal',
    message: new RegExp(
      `^Port ${ports.files} \\(for files\\) is already in use\\. .*PORT=\\d+ npm start$`,
    ),
  });
  await t.resolves(checkPorts(ports, ['nginx', 'auth']), 'only what is used counts');
});

t.test('a port that all addresses listen on is taken too', async (t) => {
  const ports = portsFrom(await freePorts(13));
  const server = createServer().listen(ports.nginx, '0.0.0.0');
  await once(server, 'listening');
  t.teardown(() => server.close());
  await t.rejects(checkPorts(ports), { message: /is already in use/ });
});
