import { deliveryLimit, exchanges, queues } from '@comprimemelo/contracts/queues';
import { Connection } from 'rabbitmq-client';
import t from 'tap';
import { createPublisher } from '../src/publisher.js';
import { declareTopology, retryLaneOf } from '../src/topology.js';
import { readyTimeout, setup } from './setup.js';

t.test('can be declared twice', async (t) => {
  const { connection, logger } = await setup(t);
  declareTopology(connection);
  await connection.waitUntilReady(readyTimeout);
  for (const queue of Object.values(queues)) {
    t.same(await connection.client.queueDeclare({ queue, passive: true }), {
      queue,
      messageCount: 0,
      consumerCount: 0,
    });
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
    const message = await connection.client.basicGet({ queue, noAck: true });
    t.same(message?.body, { routingKey }, `${exchange} ${routingKey}`);
  }
  await publisher.close();
});

t.test('a job whose consumers die goes to the dead queue after its last delivery', async (t) => {
  const { broker, connection } = await setup(t);
  const publisher = createPublisher(connection);
  await publisher.publish({ exchange: exchanges.conversions, routingKey: 'small', body: { n: 1 } });

  for (let delivery = 1; delivery <= deliveryLimit; delivery += 1) {
    const worker = new Connection(broker.url);
    const channel = await worker.acquire();
    const body = await new Promise((resolve) =>
      channel.basicConsume({ queue: queues.small }, (message) => resolve(message.body)),
    );
    t.same(body, { n: 1 }, `delivery ${delivery}`);
    worker.unsafeDestroy();
  }
  const dead = await new Promise((resolve) => {
    const consumer = connection.client.createConsumer(
      { queue: queues.deadConversions, queueOptions: { passive: true } },
      (message) => resolve({ message, consumer }),
    );
    t.teardown(() => consumer.close());
  });
  t.match(dead, { message: { body: { n: 1 } } });
  const left = await connection.client.queueDeclare({ queue: queues.small, passive: true });
  t.equal(left.messageCount, 0);
  await publisher.close();
});

t.test('only the conversions have retry queues', async (t) => {
  t.equal(retryLaneOf(queues.small), 'small');
  t.equal(retryLaneOf(queues.large), 'large');
  t.equal(retryLaneOf(queues.taskEvents), undefined);
});
