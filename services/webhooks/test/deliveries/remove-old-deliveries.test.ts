import t from 'tap';
import { removeOldDeliveries } from '../../src/deliveries/remove-old-deliveries.js';
import { webhooksFixture } from '../fixtures/webhooks-fixture.js';

t.test('deliveries that have ended go after 30 days', async (t) => {
  const { created, happens, db, deliveries } = await webhooksFixture(t);
  const webhook = await created();
  for (let count = 0; count < 3; count += 1) await happens();
  const [first] = await deliveries(webhook);
  const ended = { status: 'failed' as const, nextAttemptAt: null };
  await db.prisma.webhookDelivery.updateMany({ data: ended });
  if (first === undefined) throw new Error('nothing was entered');
  const due = { status: 'pending' as const, nextAttemptAt: new Date() };
  await db.prisma.webhookDelivery.update({ where: { id: first.id }, data: due });
  const day = 24 * 3_600_000;
  t.equal(await removeOldDeliveries(db, Date.now() + 29 * day), 0);
  t.equal(await removeOldDeliveries(db, Date.now() + 31 * day), 2);
  t.match(await deliveries(webhook), [{ id: first.id }], 'what is on its way stays');
});
