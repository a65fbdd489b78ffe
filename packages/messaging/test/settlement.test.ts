import { setTimeout as pause } from 'node:timers/promises';
import { exchanges, queues, retryDelay, retryLimit } from '@comprimemelo/contracts/queues';
import t, { type Test } from 'tap';
import Type from 'typebox';
import { consume } from '../src/consumer.js';
import type { Message } from '../src/message.js';
import { createPublisher } from '../src/publisher.js';
import { queueDepth } from '../src/queue-depth.js';
import { inbox, type Setup, setup, take } from './setup.js';

const schema = Type.Object({ n: Type.Integer() });
type Numbered = { n: number };

interface Sending extends Setup {
  send(headers?: Record<string, string | number>, n?: number): Promise<void>;
  waiting(queue: string): Promise<number>;
}

async function sending(t: Test, exchange: string, routingKey: string): Promise<Sending> {
  const ready = await setup(t);
  const publisher = createPublisher(ready.connection);
  t.teardown(() => publisher.close());
  return {
    ...ready,
    send: (headers = {}, n = 1) =>
      publisher.publish({ exchange, routingKey, body: { n }, headers, messageId: `m${n}` }),
    waiting: (queue) => queueDepth(ready.connection, queue),
  };
}

t.test('a job to retry, and one whose handler throws, come back with their count', async (t) => {
  const { connection, send } = await sending(t, exchanges.conversions, 'small');
  const received = inbox<Message<Numbered>>();
  const consumer = consume(connection, {
    queue: queues.small,
    concurrency: 1,
    schema,
    handler: async (message) => {
      received.push(message);
      if (message.retries === 0) return 'retry';
      if (message.retries === 1) throw new Error('transient');
      return 'done';
    },
  });
  await send({ 'x-request-id': 'r1', traceparent: 't1' });
  for (const retries of [0, 1, 2]) {
    t.match(await received.next(), {
      body: { n: 1 },
      messageId: 'm1',
      retries,
      redelivered: false,
      trace: { 'x-request-id': 'r1', traceparent: 't1' },
    });
  }
  await consumer.close();
});

t.test('after the last retry the job is exhausted, not tried again', async (t) => {
  const { connection, send } = await sending(t, exchanges.conversions, 'large');
  const exhausted = inbox<Numbered>();
  let calls = 0;
  const consumer = consume(connection, {
    queue: queues.large,
    concurrency: 1,
    schema,
    handler: async () => 'retry',
    onExhausted: async ({ body }) => {
      calls += 1;
      if (calls === 1) throw new Error('the first report fails');
      exhausted.push(body);
    },
  });
  await send({ 'x-retry-count': retryLimit });
  t.same(await exhausted.next(), { n: 1 });
  t.equal(calls, 2);
  await consumer.close();
  t.equal(await queueDepth(connection, queues.large), 0);
});

t.test('an exhausted job that nobody reports goes to the dead queue', async (t) => {
  const { connection, send } = await sending(t, exchanges.conversions, 'small');
  const consumer = consume(connection, {
    queue: queues.small,
    concurrency: 1,
    schema,
    handler: async () => 'retry',
  });
  const dead = inbox<Numbered>();
  const undertaker = consume(connection, {
    queue: queues.deadConversions,
    concurrency: 1,
    schema,
    handler: async ({ body }) => {
      dead.push(body);
      return 'done';
    },
  });
  await send({ 'x-retry-count': retryLimit });
  t.same(await dead.next(), { n: 1 });
  await Promise.all([consumer.close(), undertaker.close()]);
});

t.test(
  'a job that is cut off by close waits in the retry queue, its count unchanged',
  async (t) => {
    const { connection, send } = await sending(t, exchanges.conversions, 'small');
    const started = inbox<true>();
    const consumer = consume(connection, {
      queue: queues.small,
      concurrency: 1,
      schema,
      closeWithin: 100,
      handler: async ({ signal }) => {
        started.push(true);
        await pause(60_000, undefined, { signal });
        return 'done';
      },
    });
    await send();
    await started.next();
    await consumer.close();
    const message = await take(connection, queues.retrySmall);
    const properties = { messageId: 'm1', headers: { 'x-retry-count': 0 } };
    t.match(message, { body: { n: 1 }, properties });
  },
);

t.test('where there is no retry queue a failed message is tried again after a pause', async (t) => {
  const { connection, logger, send } = await sending(t, exchanges.taskEvents, 'task.failed');
  const received = inbox<Message<Numbered>>();
  let calls = 0;
  const consumer = consume(connection, {
    queue: queues.taskEvents,
    concurrency: 1,
    schema,
    handler: async (message) => {
      received.push(message);
      calls += 1;
      if (calls === 1) throw new Error('the database is away');
      return 'done';
    },
  });
  await send();
  await received.next();
  t.match(await received.next(), { body: { n: 1 }, redelivered: false });
  t.match(
    logger.lines.filter(({ level }) => level === 'error'),
    [{ message: 'a message could not be handled', details: { messageId: 'm1' } }],
  );
  await consumer.close();
});

t.test('one that keeps failing goes to the end of its queue, never to the dead', async (t) => {
  const { connection, send, waiting } = await sending(t, exchanges.taskEvents, 'task.failed');
  const received = inbox<Message<Numbered>>();
  let failures = 0;
  const consumer = consume(connection, {
    queue: queues.taskEvents,
    concurrency: 1,
    holdFor: 0,
    schema,
    handler: async (message) => {
      received.push(message);
      if (message.body.n === 2) return 'done';
      failures += 1;
      if (failures <= 25) throw new Error('the database is away');
      return 'done';
    },
  });
  await send({ traceparent: 't1' });
  await send({}, 2);
  const seen: Message<Numbered>[] = [];
  while (seen.length < 27) seen.push(await received.next());
  t.ok(seen.findIndex(({ body }) => body.n === 2) < 5, 'the other one had its turn');
  const last = { body: { n: 1 }, messageId: 'm1', retries: 25, redelivered: false };
  t.match(seen.at(-1), { ...last, trace: { traceparent: 't1' } });
  await consumer.close();
  t.same([await waiting(queues.taskEvents), await waiting(queues.deadTaskEvents)], [0, 0]);
});

t.test(
  'close in the pause between two tries puts it back without a counted delivery',
  async (t) => {
    const { connection, logger, send } = await sending(t, exchanges.taskEvents, 'task.failed');
    const tried = inbox<true>();
    const consumer = consume(connection, {
      queue: queues.taskEvents,
      concurrency: 1,
      schema,
      handler: async () => {
        tried.push(true);
        return 'retry';
      },
    });
    await send();
    await tried.next();
    await consumer.close();
    const message = await take(connection, queues.taskEvents);
    const properties = { messageId: 'm1' };
    t.match(message, { body: { n: 1 }, properties, fields: { redelivered: false } });
    t.same(
      logger.lines.filter(({ level }) => level !== 'info'),
      [],
    );
  },
);

t.test('a job is tried again for two hours', async (t) => {
  t.equal(retryLimit * retryDelay, 2 * 3_600_000);
});
