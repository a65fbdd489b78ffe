import { setTimeout as pause } from 'node:timers/promises';
import { exchanges, queues } from '@comprimemelo/contracts/queues';
import t, { type Test } from 'tap';
import { BrokerUnavailableError, connect } from '../src/connection.js';
import { createPublisher, UnroutableError } from '../src/publisher.js';
import { queueDepth } from '../src/queue-depth.js';
import { readyTimeout, recorder, setup, slowProxy, take } from './setup.js';

t.test('a published message is in its queue, kept, as JSON with its headers', async (t) => {
  const { connection } = await setup(t);
  const publisher = createPublisher(connection);
  await publisher.publish({
    exchange: exchanges.conversions,
    routingKey: 'small',
    body: { letter: 'ñ' },
    headers: { 'x-request-id': 'r1', traceparent: undefined },
    messageId: 'm1',
  });
  const message = await take(connection, queues.small);
  t.match(message, {
    body: { letter: 'ñ' },
    properties: {
      headers: { 'x-request-id': 'r1' },
      messageId: 'm1',
      deliveryMode: 2,
      contentType: 'application/json',
    },
  });
  t.notOk('traceparent' in (message?.properties.headers ?? {}));
  await publisher.close();
});

t.test('what no queue takes is refused, and only that', async (t) => {
  const { connection } = await setup(t);
  const publisher = createPublisher(connection);
  const { conversions } = exchanges;
  const outcomes = await Promise.allSettled(
    ['small', 'nowhere', 'large', 'nowhere'].map((routingKey) =>
      publisher.publish({ exchange: conversions, routingKey, body: {} }),
    ),
  );
  t.same(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled', 'rejected'],
  );
  await t.rejects(
    publisher.publish({ exchange: conversions, routingKey: 'nowhere', body: {} }),
    UnroutableError,
  );
  await publisher.close();
});

t.test('an exchange that does not exist is an error of that message only', async (t) => {
  const { connection } = await setup(t);
  const publisher = createPublisher(connection);
  await t.rejects(publisher.publish({ exchange: 'none', routingKey: 'x', body: {} }));
  await publisher.publish({ exchange: exchanges.conversions, routingKey: 'large', body: {} });
  await publisher.close();
});

t.test(
  'publishes again after the connection was cut, to a broker that lost everything',
  async (t) => {
    const { broker, connection } = await setup(t);
    const publisher = createPublisher(connection);
    const publish = () =>
      publisher.publish({ exchange: exchanges.conversions, routingKey: 'small', body: { n: 1 } });
    await publish();
    const lost = new Promise<void>((resolve) => void connection.onLost(resolve));
    await broker.wipe();
    await lost;
    await publish();
    t.equal(await queueDepth(connection, queues.small), 1);
    await publisher.close();
  },
);

t.test('without a broker publish ends within its bound, and announce drops', async (t) => {
  const connection = connect('amqp://guest:guest@127.0.0.1:1', {
    logger: recorder(),
    name: t.name,
  });
  const publisher = createPublisher(connection, { readyWithin: 300 });
  const message = { exchange: exchanges.conversions, routingKey: 'small', body: {} };
  await t.rejects(publisher.publish(message), BrokerUnavailableError);
  publisher.announce(message);
  await publisher.close();
  await connection.close();
});

t.test('an announcement arrives and is not kept', async (t) => {
  const { connection } = await setup(t);
  const publisher = createPublisher(connection);
  publisher.announce({ exchange: exchanges.taskChanges, routingKey: 'x', body: {} });
  const progress = { exchange: exchanges.taskEvents, routingKey: 'task.progress' };
  // What is announced before its channel is open is dropped: hence again and again.
  while ((await queueDepth(connection, queues.taskEvents)) === 0) {
    publisher.announce({ ...progress, body: { progress: 5 } });
    await pause(20);
  }
  const message = await take(connection, queues.taskEvents);
  t.match(message, { body: { progress: 5 } });
  t.not(message?.properties.deliveryMode, 2);
  await publisher.close();
});

/** Something published over a connection whose answers are held up, which is longer ago than the bound. */
async function undecided(t: Test) {
  const { broker, connection: direct } = await setup(t);
  const proxy = await slowProxy(t, broker.url);
  const connection = connect(proxy.url, { logger: recorder(), name: t.name });
  t.teardown(() => connection.close());
  await connection.waitUntilReady(readyTimeout);
  // Long enough for a busy machine to open the channel.
  const readyWithin = 1_000;
  const publisher = createPublisher(connection, { readyWithin });
  t.teardown(() => publisher.close());
  const message = { exchange: exchanges.conversions, routingKey: 'small', body: {} };
  await publisher.publish(message);
  proxy.hold();
  let decided = false;
  const published = publisher.publish(message).finally(() => {
    decided = true;
  });
  published.catch(() => undefined);
  await pause(readyWithin * 1.5);
  t.notOk(decided);
  t.equal(await queueDepth(direct, queues.small), 2);
  return { proxy, published };
}

t.test('a confirm that is late is a confirm', async (t) => {
  const { proxy, published } = await undecided(t);
  proxy.release();
  await published;
});

t.test('a message whose connection is lost before the confirm is refused', async (t) => {
  const { proxy, published } = await undecided(t);
  proxy.cut();
  await t.rejects(published, BrokerUnavailableError);
});

t.test('after a refused message the next goes by a new channel', async (t) => {
  const { broker, connection: direct } = await setup(t);
  const proxy = await slowProxy(t, broker.url);
  const connection = connect(proxy.url, { logger: recorder(), name: t.name });
  t.teardown(() => connection.close());
  const full = { 'x-queue-type': 'quorum', 'x-max-length': 1, 'x-overflow': 'reject-publish' };
  connection.prepare((channel) => channel.assertQueue('full', { arguments: full }));
  await connection.waitUntilReady(readyTimeout);
  const publisher = createPublisher(connection);
  t.teardown(() => publisher.close());
  const publish = () => publisher.publish({ exchange: '', routingKey: 'full', body: {} });
  await publish();
  const before = proxy.channelsOpened();
  const { conversions } = exchanges;
  // A quorum queue counts a little late: it may take one or two more than it should.
  const refused = async () => {
    for (;;) await publish();
  };
  await t.rejects(refused(), BrokerUnavailableError);
  await publisher.publish({ exchange: conversions, routingKey: 'small', body: {} });
  t.equal(proxy.channelsOpened(), before + 1);
  await broker.purge('full');
  await publish();
  t.equal(await queueDepth(direct, 'full'), 1);
  t.equal(proxy.channelsOpened(), before + 1, 'which stays for as long as nothing is refused');
});

t.test('what a channel had unconfirmed when it ended is an error of its callers', async (t) => {
  const { broker, connection: direct } = await setup(t);
  const proxy = await slowProxy(t, broker.url);
  const connection = connect(proxy.url, { logger: recorder(), name: t.name });
  t.teardown(() => connection.close());
  await connection.waitUntilReady(readyTimeout);
  const publisher = createPublisher(connection);
  t.teardown(() => publisher.close());
  const small = { exchange: exchanges.conversions, routingKey: 'small', body: {} };
  await publisher.publish(small);
  proxy.hold();
  const outcomes = Promise.allSettled([
    publisher.publish(small),
    publisher.publish({ exchange: 'none', routingKey: 'x', body: {} }),
    publisher.publish(small),
  ]);
  while ((await queueDepth(direct, queues.small)) < 2) await pause(20);
  proxy.release();
  const [, none, last] = await outcomes;
  t.match(none, { status: 'rejected', reason: BrokerUnavailableError });
  t.match(last, { status: 'rejected', reason: BrokerUnavailableError });
  await publisher.publish(small);
});
