import { setTimeout as pause } from 'node:timers/promises';
import { toBytes } from '@comprimemelo/prisma/client/identifiers';
import t from 'tap';
import { testReceiver } from '../fixtures/receiver.js';
import { taskEvent, webhooksFixture } from '../fixtures/webhooks-fixture.js';

t.test('a slow receiver holds up no other', async (t) => {
  const [slow, quick] = [await testReceiver(t), await testReceiver(t)];
  const { created, happens, ended, deliveries, dispatch, userId } = await webhooksFixture(t);
  const held: (() => void)[] = [];
  slow.reply = (response) => void held.push(() => response.writeHead(200).end());
  const toSlow = await created({ url: slow.url, events: ['task.processed'] });
  // More than one look at what is due takes in.
  const backlog = 100;
  for (let count = 0; count < backlog; count += 1) await happens();
  dispatch(slow, { concurrency: 8, perWebhook: 4 });
  await slow.has(4);
  const toQuick = await created({ url: quick.url, events: ['task.failed'] });
  await happens(taskEvent(userId, 'task.failed'));
  t.match(await ended(toQuick), { status: 'delivered' });
  t.equal(slow.received.length, 4, 'no more of them at once');
  slow.reply = (response) => response.writeHead(200).end();
  for (const answer of held) answer();
  await slow.has(backlog);
  while ((await deliveries(toSlow)).some(({ status }) => status === 'pending')) await pause(20);
});

t.test('two dispatchers deliver each event once', async (t) => {
  const receiver = await testReceiver(t);
  const { created, happens, deliveries, dispatch } = await webhooksFixture(t);
  const webhook = await created({ url: receiver.url });
  dispatch(receiver);
  dispatch(receiver);
  const events = await Promise.all(Array.from({ length: 40 }, () => happens()));
  while ((await deliveries(webhook)).some(({ status }) => status === 'pending')) await pause(20);
  const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
  t.same(ids.sort(), events.map(({ eventId }) => eventId).sort());
});

t.test(
  'a try of which nothing was told is made again; a late word about it is ignored',
  async (t) => {
    const receiver = await testReceiver(t);
    const { created, happens, ended, deliveries, dispatch, db } = await webhooksFixture(t);
    const webhook = await created({ url: receiver.url });
    const held: (() => void)[] = [];
    receiver.reply = (response, _, count) => {
      if (count === 1) held.push(() => response.writeHead(500).end());
      else response.writeHead(200).end();
    };
    const stuck = dispatch(receiver);
    await happens();
    await receiver.has(1);
    await db.pool.query('UPDATE webhook_deliveries SET leased_until = UTC_TIMESTAMP(3)');
    dispatch(receiver);
    const delivered = await ended(webhook);
    t.match(delivered, { status: 'delivered', attemptCount: 2 });
    for (const answer of held) answer();
    await stuck.close();
    t.match((await deliveries(webhook))[0], { status: 'delivered', attemptCount: 2 });
    const [first, second] = receiver.received;
    t.equal(first?.headers['webhook-id'], second?.headers['webhook-id']);
  },
);

t.test('a webhook that is deleted while it is tried leaves nothing behind', async (t) => {
  const receiver = await testReceiver(t);
  const { created, happens, dispatch, request, db } = await webhooksFixture(t);
  const { id } = await created({ url: receiver.url });
  receiver.reply = async (response) => {
    await request('DELETE', `/${id}`);
    response.writeHead(500).end();
  };
  const dispatcher = dispatch(receiver);
  await happens();
  await receiver.has(1);
  await dispatcher.close();
  t.equal(await db.prisma.webhookDelivery.count(), 0);
  t.equal(await db.prisma.webhook.count({ where: { id: toBytes(id) } }), 0);
});
