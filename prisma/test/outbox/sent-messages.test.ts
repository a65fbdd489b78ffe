import t from 'tap';
import { outboxMessage } from '../../src/outbox/outbox.js';
import { deleteSentMessages } from '../../src/outbox/sent-messages.js';
import { setup } from '../fixtures/setup.js';

t.test('deletes what was sent more than a day ago, and nothing that is unsent', async (t) => {
  const { prisma, pool } = await setup(t);
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
  const message = outboxMessage({ exchange: 'x', routingKey: 'k', body: {} });
  await prisma.outboxMessage.createMany({
    data: [
      ...Array.from({ length: 1_200 }, () => ({ ...message, sentAt: hoursAgo(25) })),
      { ...message, sentAt: hoursAgo(23) },
      { ...message, createdAt: hoursAgo(100) },
    ],
  });
  t.equal(await deleteSentMessages(pool), 1_200);
  t.equal(await deleteSentMessages(pool), 0);
  t.equal(await prisma.outboxMessage.count(), 2);
});
