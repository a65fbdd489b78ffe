import { setTimeout as pause } from 'node:timers/promises';
import { exchanges, queues } from '@comprimemelo/contracts/queues';
import { connect } from '@comprimemelo/messaging/connection';
import { createPublisher } from '@comprimemelo/messaging/publisher';
import { queueDepth } from '@comprimemelo/messaging/queue-depth';
import { declareTopology } from '@comprimemelo/messaging/topology';
import { createLogger } from '@comprimemelo/service/process/logger';
import { testBroker } from '@comprimemelo/testing/broker';
import t, { type Test } from 'tap';
import { startConsumers } from '../../src/consumers.js';
import { testReceiver } from '../fixtures/receiver.js';
import { taskEvent, webhooksFixture } from '../fixtures/webhooks-fixture.js';

/** The service's consumers on a RabbitMQ virtual host of the test's own. */
async function consuming(t: Test, fixture: Awaited<ReturnType<typeof webhooksFixture>>) {
  const logger = createLogger('test', 'silent');
  const virtualHost = await testBroker();
  t.teardown(() => virtualHost.delete());
  const broker = connect(virtualHost.url, { logger, name: t.name });
  t.teardown(() => broker.close());
  declareTopology(broker);
  const publisher = createPublisher(broker);
  t.teardown(() => publisher.close());
  const consumers = startConsumers(broker, {
    db: fixture.db,
    dispatcher: { wake: () => fixture.wake() },
    logger,
  });
  t.teardown(() => Promise.all(consumers.map((consumer) => consumer.close())));
  return { broker, publish: publisher.publish };
}

t.test('an event that comes twice is delivered once', async (t) => {
  const receiver = await testReceiver(t);
  const fixture = await webhooksFixture(t);
  const { created, dispatch, ended, userId } = fixture;
  const { publish } = await consuming(t, fixture);
  const webhook = await created({ url: receiver.url });
  dispatch(receiver);
  const body = taskEvent(userId);
  const message = { exchange: exchanges.webhookEvents, routingKey: body.payload.type, body };
  await Promise.all([publish(message), publish(message)]);
  t.match(await ended(webhook), { eventId: body.eventId, status: 'delivered' });
  const last = taskEvent(userId, 'task.cancelled');
  await publish({ ...message, routingKey: last.payload.type, body: last });
  await receiver.has(2);
  t.match(JSON.parse(receiver.received[1]?.body ?? ''), { type: 'task.cancelled' });
  t.equal(receiver.received.length, 2);
});

t.test('the webhooks of an account go with it', async (t) => {
  const fixture = await webhooksFixture(t);
  const { created, happens, db, userId, newUser } = fixture;
  const { publish } = await consuming(t, fixture);
  for (let count = 0; count < 3; count += 1) await created();
  for (let count = 0; count < 5; count += 1) await happens();
  const kept = await created(undefined, await newUser('bob'));
  t.equal(await db.prisma.webhookDelivery.count(), 15);
  const body = { type: 'account.deleted', accountId: userId };
  await publish({ exchange: exchanges.notifications, routingKey: body.type, body });
  while ((await db.prisma.webhook.count()) > 1) await pause(20);
  t.equal(await db.prisma.webhookDelivery.count(), 0);
  t.match(await fixture.request('GET', `/${kept.id}`, { by: userId }), { statusCode: 404 });
});

t.test('what is no event is put aside', async (t) => {
  const fixture = await webhooksFixture(t);
  const { broker, publish } = await consuming(t, fixture);
  const route = { exchange: exchanges.webhookEvents, routingKey: 'task.failed' };
  await publish({ ...route, body: { eventId: 'x' } });
  const queue = queues.deadWebhookEvents;
  while ((await queueDepth(broker, queue)) === 0) await pause(50);
  t.equal(await fixture.db.prisma.webhookDelivery.count(), 0);
});
