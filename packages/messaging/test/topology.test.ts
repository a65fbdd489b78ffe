import { deliveryLimit, exchanges, queues } from '@comprimemelo/contracts/queues';
import { connect } from 'amqplib';
import t from 'tap';
import Type from 'typebox';
import { consume } from '../src/consumer.js';
import { bodyOf } from '../src/message.js';
import { createPublisher } from '../src/publisher.js';
import { queueDepth } from '../src/queue-depth.js';
import { declareTopology, retryLaneOf } from '../src/topology.js';
import { inbox, readyTimeout, setup, take } from './setup.js';

t.test('can be declared twice', async (t) => {
  const { connection, logger } = await setup(t);
  declareTopology(connection);
  await connection.waitUntilReady(readyTimeout);
  for (const queue of Object.values(queues)) {
    const found = await connection.withChannel((channel) => channel.checkQueue(queue));
    t.same(found, { queue, messageCount: 0, consumerCount: 0 });
  }
  t.notOk(logger.lines.some(({ level }) => level === 'error'));
});

t.test('every event has a queue', async (t) => {
  const { connection } = await setup(t);
  const publisher = createPublisher(connection);
  const routes: [string, string, string][] = [
    [exchanges.conversions, 'small', queues.small],
    [exchanges.conversions, 'large', queues.large],
    [exchanges.taskEvents, 'task.started', queues.taskEvents],
    [exchanges.taskEvents, 'task.progress', queues.taskEvents],
    [exchanges.taskEvents, 'task.completed', queues.taskEvents],
    [exchanges.taskEvents, 'task.failed', queues.taskEvents],
    [exchanges.notifications, 'account.deleted', queues.removals],
    [exchanges.notifications, 'account.created', queues.notifications],
    [exchanges.notifications, 'task.processed', queues.notifications],
    [exchanges.notifications, 'task.failed', queues.notifications],
  ];
  for (const [exchange, routingKey, queue] of routes) {
    await publisher.publish({ exchange, routingKey, body: { routingKey } });
    const message = await take(connection, queue);
    t.same(message?.body, { routingKey }, `${exchange} ${routingKey}`);
  }
  await publisher.close();
});

t.test('a job whose consumers die goes to the dead queue after its last delivery', async (t) => {
  const { broker, connection } = await setup(t);
  const publisher = createPublisher(connection);
  await publisher.publish({ exchange: exchanges.conversions, routingKey: 'small', body: { n: 1 } });

  for (let delivery = 1; delivery <= deliveryLimit; delivery += 1) {
    const death = new AbortController();
    const options = { noDelay: true, signal: death.signal };
    const worker = await connect(broker.url, options);
    worker.on('error', () => undefined);
    const channel = await worker.createChannel();
    const taken = inbox<unknown>();
    await channel.consume(queues.small, (message) => taken.push(message && bodyOf(message)));
    t.same(await taken.next(), { n: 1 }, `delivery ${delivery}`);
    death.abort();
  }
  const dead = inbox<unknown>();
  const undertaker = consume(connection, {
    queue: queues.deadConversions,
    concurrency: 1,
    schema: Type.Unknown(),
    handler: async ({ body }) => {
      dead.push(body);
      return 'done';
    },
  });
  t.same(await dead.next(), { n: 1 });
  await undertaker.close();
  t.equal(await queueDepth(connection, queues.small), 0);
  await publisher.close();
});

t.test('only the conversions have retry queues', async (t) => {
  t.equal(retryLaneOf(queues.small), 'small');
  t.equal(retryLaneOf(queues.large), 'large');
  t.equal(retryLaneOf(queues.taskEvents), undefined);
});
