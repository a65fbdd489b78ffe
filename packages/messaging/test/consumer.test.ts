import { setTimeout as pause } from 'node:timers/promises';
import { exchanges, queues } from '@comprimemelo/contracts/queues';
import { testBroker } from '@comprimemelo/testing/broker';
import t, { type Test } from 'tap';
import Type from 'typebox';
import { connect } from '../src/connection.js';
import { consume } from '../src/consumer.js';
import type { Message } from '../src/message.js';
import { createPublisher } from '../src/publisher.js';
import { queueDepth } from '../src/queue-depth.js';
import { declareTopology } from '../src/topology.js';
import { inbox, recorder, type Setup, setup } from './setup.js';

const schema = Type.Object({ n: Type.Integer() });
type Numbered = { n: number };

async function events(t: Test): Promise<Setup & { send(body: unknown): Promise<void> }> {
  const ready = await setup(t);
  const publisher = createPublisher(ready.connection);
  t.teardown(() => publisher.close());
  const route = { exchange: exchanges.taskEvents, routingKey: 'task.started' };
  return { ...ready, send: (body) => publisher.publish({ ...route, body }) };
}

t.test('a message is handed over once with what came with it, and is done', async (t) => {
  const all = await events(t);
  const received = inbox<Message<Numbered>>();
  const consumer = consume(all.connection, {
    queue: queues.taskEvents,
    concurrency: 2,
    schema,
    handler: async (message) => {
      received.push(message);
      return 'done';
    },
  });
  await all.send({ n: 1 });
  t.match(await received.next(), {
    body: { n: 1 },
    routingKey: 'task.started',
    retries: 0,
    redelivered: false,
  });
  await all.send({ n: 2 });
  t.match(await received.next(), { body: { n: 2 } });
  await consumer.close();
  t.equal(await queueDepth(all.connection, queues.taskEvents), 0);
});

t.test('no more than `concurrency` run at once, and no more are held', async (t) => {
  const all = await events(t);
  const started = inbox<number>();
  const ends: (() => void)[] = [];
  const consumer = consume(all.connection, {
    queue: queues.taskEvents,
    concurrency: 2,
    schema,
    handler: async ({ body }) => {
      started.push(body.n);
      await new Promise<void>((resolve) => ends.push(resolve));
      return 'done';
    },
  });
  for (const n of [1, 2, 3, 4]) await all.send({ n });
  t.same([await started.next(), await started.next()], [1, 2]);
  t.equal(ends.length, 2);
  t.equal(await queueDepth(all.connection, queues.taskEvents), 2);
  ends.shift()?.();
  t.equal(await started.next(), 3);
  for (const end of ends.splice(0)) end();
  t.equal(await started.next(), 4);
  for (const end of ends.splice(0)) end();
  await consumer.close();
});

t.test('what breaks the schema, and what is rejected, goes to the dead queue', async (t) => {
  const all = await events(t);
  const handled: number[] = [];
  const consumer = consume(all.connection, {
    queue: queues.taskEvents,
    concurrency: 1,
    schema,
    handler: async ({ body }) => {
      handled.push(body.n);
      return 'reject';
    },
  });
  const dead = inbox<unknown>();
  const undertaker = consume(all.connection, {
    queue: queues.deadTaskEvents,
    concurrency: 1,
    schema: Type.Unknown(),
    handler: async ({ body }) => {
      dead.push(body);
      return 'done';
    },
  });
  await all.send({ n: 'one' });
  await all.send({ n: 1 });
  t.same(await dead.next(), { n: 'one' });
  t.same(await dead.next(), { n: 1 });
  t.same(handled, [1]);
  t.match(
    all.logger.lines.filter(({ level }) => level === 'error'),
    [{ message: 'a message breaks its schema', details: { queue: queues.taskEvents } }],
  );
  await Promise.all([consumer.close(), undertaker.close()]);
});

t.test(
  'consumes on after the connection was cut; the lost delivery says so and comes again',
  async (t) => {
    const all = await events(t);
    const received = inbox<Message<Numbered>>();
    const consumer = consume(all.connection, {
      queue: queues.taskEvents,
      concurrency: 1,
      schema,
      handler: async (message) => {
        received.push(message);
        if (message.body.n === 1 && !message.redelivered) {
          await pause(60_000, undefined, { signal: message.signal });
        }
        return 'done';
      },
    });
    await all.send({ n: 1 });
    const first = await received.next();
    await all.broker.cutConnections();
    const second = await received.next();
    t.ok(first.signal.aborted);
    t.match(second, { body: { n: 1 }, redelivered: true });
    await all.connection.waitUntilReady(10_000);
    await all.send({ n: 2 });
    t.match(await received.next(), { body: { n: 2 }, redelivered: false });
    await consumer.close();
  },
);

t.test('consumes on when the queue was lost with the disk of the broker', async (t) => {
  const all = await events(t);
  const received = inbox<Numbered>();
  const consumer = consume(all.connection, {
    queue: queues.taskEvents,
    concurrency: 1,
    schema,
    handler: async ({ body }) => {
      received.push(body);
      return 'done';
    },
  });
  const lost = new Promise<void>((resolve) => void all.connection.onLost(resolve));
  await all.broker.wipe();
  await lost;
  await all.send({ n: 3 });
  t.same(await received.next(), { n: 3 });
  await consumer.close();
});

t.test('handlers that heed no signal keep their places over a reconnect', async (t) => {
  const all = await events(t);
  const started = inbox<Message<Numbered>>();
  const ends: (() => void)[] = [];
  let [running, most] = [0, 0];
  const consumer = consume(all.connection, {
    queue: queues.taskEvents,
    concurrency: 2,
    schema,
    handler: async (message) => {
      running += 1;
      most = Math.max(most, running);
      started.push(message);
      if (!message.redelivered) await new Promise<void>((resolve) => ends.push(resolve));
      running -= 1;
      return 'done';
    },
  });
  for (const n of [1, 2]) await all.send({ n });
  const first = [await started.next(), await started.next()];
  await all.broker.cutConnections();
  while (first.some(({ signal }) => !signal.aborted)) await pause(20);
  await all.connection.waitUntilReady(10_000);
  t.equal(running, 2);
  for (const end of ends) end();
  const again = [await started.next(), await started.next()];
  t.same(again.map(({ body }) => body.n).sort(), [1, 2]);
  t.ok(again.every(({ redelivered }) => redelivered));
  t.equal(most, 2);
  await consumer.close();
  t.equal(await queueDepth(all.connection, queues.taskEvents), 0);
});

t.test('may begin before the broker is there, and waits for it in silence', async (t) => {
  const broker = await testBroker();
  t.teardown(() => broker.delete());
  const logger = recorder();
  const connection = connect(broker.url, { logger, name: t.name });
  t.teardown(() => connection.close());
  const received = inbox<Numbered>();
  const consumer = consume(connection, {
    queue: queues.taskEvents,
    concurrency: 1,
    schema,
    handler: async ({ body }) => {
      received.push(body);
      return 'done';
    },
  });
  declareTopology(connection);
  const publisher = createPublisher(connection);
  const { taskEvents: exchange } = exchanges;
  await publisher.publish({ exchange, routingKey: 'task.started', body: { n: 1 } });
  t.same(await received.next(), { n: 1 });
  t.notOk(logger.lines.some(({ level }) => level !== 'info'));
  await consumer.close();
  await publisher.close();
});

t.test('closes before it could begin', async (t) => {
  const nowhere = 'amqp://guest:guest@127.0.0.1:1';
  const connection = connect(nowhere, { logger: recorder(), name: t.name });
  const handler = async () => 'done' as const;
  const consumer = consume(connection, { queue: queues.small, concurrency: 1, schema, handler });
  await consumer.close();
  await connection.close();
  t.notOk(connection.ready);
});
