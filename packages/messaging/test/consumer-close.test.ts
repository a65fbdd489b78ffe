import { setTimeout as pause } from 'node:timers/promises';
import { exchanges, queues } from '@comprimemelo/contracts/queues';
import t, { type Test } from 'tap';
import Type from 'typebox';
import { consume } from '../src/consumer.js';
import { createPublisher } from '../src/publisher.js';
import { queueDepth } from '../src/queue-depth.js';
import { inbox, setup, take } from './setup.js';

const schema = Type.Object({ n: Type.Integer() });

/** A queue with one message in it. */
async function oneMessage(t: Test) {
  const { connection } = await setup(t);
  const publisher = createPublisher(connection);
  const { taskEvents: exchange } = exchanges;
  await publisher.publish({ exchange, routingKey: 'task.started', body: { n: 1 } });
  await publisher.close();
  return connection;
}

t.test('close waits for the handler and its acknowledgement', async (t) => {
  const connection = await oneMessage(t);
  const started = inbox<number>();
  let ended = false;
  const consumer = consume(connection, {
    queue: queues.taskEvents,
    concurrency: 1,
    schema,
    handler: async ({ body }) => {
      started.push(body.n);
      await pause(300);
      ended = true;
      return 'done';
    },
  });
  await started.next();
  await consumer.close();
  t.ok(ended);
  t.equal(await queueDepth(connection, queues.taskEvents), 0);
});

t.test('close aborts a handler that takes too long, and its message goes back', async (t) => {
  const connection = await oneMessage(t);
  const started = inbox<number>();
  const consumer = consume(connection, {
    queue: queues.taskEvents,
    concurrency: 1,
    schema,
    closeWithin: 100,
    handler: async ({ body, signal }) => {
      started.push(body.n);
      await pause(60_000, undefined, { signal });
      return 'done';
    },
  });
  await started.next();
  await consumer.close();
  const message = await take(connection, queues.taskEvents);
  t.match(message, { body: { n: 1 }, fields: { redelivered: true } });
});
