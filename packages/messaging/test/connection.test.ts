import { setTimeout as pause } from 'node:timers/promises';
import { testBroker } from '@comprimemelo/testing/broker';
import t from 'tap';
import { BrokerUnavailableError, connect } from '../src/connection.js';
import { readyTimeout, recorder, setup, slowProxy } from './setup.js';

t.test('is ready only after what was to be prepared, and again after a reconnect', async (t) => {
  const broker = await testBroker();
  t.teardown(() => broker.delete());
  const connection = connect(broker.url, { logger: recorder(), name: t.name });
  t.teardown(() => connection.close());
  let prepared = 0;
  connection.prepare(async (channel) => {
    t.notOk(connection.ready);
    await channel.assertExchange('x', 'direct');
    prepared += 1;
  });
  t.notOk(connection.ready);
  await connection.waitUntilReady(readyTimeout);
  t.ok(connection.ready);
  t.equal(prepared, 1);

  const lost = new Promise<void>((resolve) => void connection.onLost(resolve));
  await broker.cutConnections();
  await lost;
  await connection.waitUntilReady(readyTimeout);
  t.equal(prepared, 2);
});

t.test('a step that is refused is logged and tried again', async (t) => {
  const broker = await testBroker();
  t.teardown(() => broker.delete());
  const logger = recorder();
  const connection = connect(broker.url, { logger, name: t.name });
  t.teardown(() => connection.close());
  let tries = 0;
  connection.prepare(async (channel) => {
    tries += 1;
    await channel.assertExchange('x', 'direct');
    if (tries === 1) await channel.assertExchange('x', 'topic');
  });
  await connection.waitUntilReady(readyTimeout);
  t.equal(tries, 2);
  t.match(
    logger.lines.find(({ level }) => level === 'error'),
    {
      message: 'RabbitMQ refused a declaration',
    },
  );
});

t.test('without a broker: not ready, nothing thrown, one line, closes', async (t) => {
  const logger = recorder();
  const connection = connect('amqp://guest:guest@127.0.0.1:1', { logger, name: t.name });
  connection.prepare(async () => {
    t.fail('nothing is prepared');
  });
  await t.rejects(connection.waitUntilReady(700), BrokerUnavailableError);
  t.notOk(connection.ready);
  t.match(logger.lines, [{ level: 'warn', message: 'error on the connection to RabbitMQ' }]);
  await connection.close();
});

t.test('a broker that does not answer the end is left', async (t) => {
  const { broker } = await setup(t);
  const proxy = await slowProxy(t, broker.url);
  const logger = recorder();
  const connection = connect(proxy.url, { logger, name: t.name });
  await connection.waitUntilReady(readyTimeout);
  proxy.hold();
  const waits = connection.waitFor(() => undefined, 600_000);
  const [ended] = await Promise.allSettled([waits, connection.close()]);
  t.match(ended, { status: 'rejected', reason: { name: 'BrokerUnavailableError' } });
  t.match(logger.lines.at(-1), { message: 'RabbitMQ did not answer the end of the connection' });
  while (proxy.count() > 0) await pause(20);
  t.notOk(connection.ready);
});

t.test('a password of any letters', async (t) => {
  const broker = await testBroker();
  t.teardown(() => broker.delete());
  const url = await broker.addUser('reader', 'contraseña %2F/@:');
  const connection = connect(url, { logger: recorder(), name: t.name });
  t.teardown(() => connection.close());
  await connection.waitUntilReady(readyTimeout);
  t.ok(connection.ready);
});
