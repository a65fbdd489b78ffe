import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import t, { type Test } from 'tap';
import { faultOfEnvironment, faultOfGiven } from '../../bootstrap/given-servers.js';
import { givenEnvironment } from '../../src/config.js';
import { freePorts } from '../fixtures/free-ports.js';

const patience = 30_000;
const databaseForm = 'mysql://user:password@host:3306/database';
const brokerForm = 'amqp://user:password@host:5672/virtual-host';

async function listen(t: Test, server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  return (server.address() as { port: number }).port;
}

t.test('a wrong form is named with the right one, and no password is shown', async (t) => {
  const wrong: ['DATABASE_URL' | 'AMQP_URL', string, RegExp][] = [
    ['DATABASE_URL', 'postgres://ana:hidden@db/app', /begins with postgres:/],
    ['DATABASE_URL', 'db.example:3306', /begins with db.example:/],
    ['DATABASE_URL', 'localhost', /is not a URL/],
    ['DATABASE_URL', 'mysql://ana:hidden@db:port/app', /is not a URL/],
    ['DATABASE_URL', 'mysql://ana:hidden@db:65536/app', /is not a URL/],
    ['DATABASE_URL', 'mysql:///app', /names no host/],
    ['DATABASE_URL', 'mysql://ana:hidden@db', /names no database/],
    ['DATABASE_URL', 'mysql://ana:hidden@db/app/more', /its path is \/app\/more/],
    ['DATABASE_URL', 'mysql://ana:hid/den@db/app', /has to be percent-encoded/],
    ['DATABASE_URL', 'mysql://ana:hid#den@db/app', /has to be percent-encoded/],
    ['AMQP_URL', 'http://ana:hidden@mq:15672', /begins with http:/],
    ['AMQP_URL', 'amqp://', /names no host/],
    ['AMQP_URL', 'mq', /is not a URL/],
    ['AMQP_URL', 'amqp://ana:hidden@mq/a/b', /its path is \/a\/b/],
  ];
  for (const [variable, value, fault] of wrong) {
    const said = (await faultOfGiven(variable, value, patience)) ?? '';
    const form = variable === 'DATABASE_URL' ? databaseForm : brokerForm;
    t.ok(said.startsWith(`${variable} must look like ${form}, but `), said);
    t.match(said, fault, value);
    t.notMatch(said, /hid/);
  }
});

t.test('servers that answer are taken', async (t) => {
  const { TEST_DATABASE_URL = '', TEST_AMQP_URL = '' } = givenEnvironment();
  t.equal(await faultOfGiven('DATABASE_URL', TEST_DATABASE_URL, patience), undefined);
  t.equal(await faultOfGiven('AMQP_URL', TEST_AMQP_URL, patience), undefined);
  t.equal(await faultOfGiven('AMQP_URL', 'amqps://u:p@nowhere.invalid', patience), undefined);
  t.equal(await faultOfEnvironment({ DATABASE_URL: '' }), undefined);
});

t.test('what answers in another protocol, or not at all, is named', async (t) => {
  const closed = await freePorts();
  const database = `mysql://u:hidden@127.0.0.1:${closed}/db`;
  const broker = `amqp://u:hidden@127.0.0.1:${closed}`;
  t.equal(
    await faultOfGiven('DATABASE_URL', database, patience),
    `No database answers at 127.0.0.1:${closed} (DATABASE_URL: ${databaseForm}).`,
  );
  t.match(await faultOfEnvironment({ AMQP_URL: broker }), `No RabbitMQ answers at 127.0.0.1`);

  const other = await listen(
    t,
    createServer((socket) => socket.end('SSH-2.0\r\n')),
  );
  t.match(
    await faultOfGiven('DATABASE_URL', `mysql://u:p@127.0.0.1:${other}/db`, patience),
    `What answers at 127.0.0.1:${other} is no database`,
  );
  t.match(
    await faultOfGiven('AMQP_URL', `amqp://u:p@127.0.0.1:${other}`, patience),
    'is no RabbitMQ',
  );

  const silent = await listen(t, createServer());
  t.match(
    await faultOfGiven('AMQP_URL', `amqp://u:p@127.0.0.1:${silent}`, 100),
    `No RabbitMQ answers at 127.0.0.1:${silent}`,
  );
  t.match(
    await faultOfGiven('AMQP_URL', 'amqp://u:p@nowhere.invalid', 100),
    'nowhere.invalid:5672',
  );
});
