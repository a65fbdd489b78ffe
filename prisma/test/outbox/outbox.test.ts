import t from 'tap';
import { outboxMessage } from '../../src/outbox/outbox.js';
import { setup } from '../fixtures/setup.js';

t.test('a message lies in the outbox with its transaction, or not at all', async (t) => {
  const { prisma } = await setup(t);
  const data = outboxMessage({
    exchange: 'notifications',
    routingKey: 'account.created',
    body: { accountId: 'ñ' },
    headers: { 'x-request-id': 'r1' },
  });
  await t.rejects(
    prisma.$transaction(async (tx) => {
      await tx.outboxMessage.create({ data });
      throw new Error('changed my mind');
    }),
  );
  t.equal(await prisma.outboxMessage.count(), 0);
  await prisma.$transaction((tx) => tx.outboxMessage.create({ data }));
  t.match(await prisma.outboxMessage.findMany(), [
    {
      exchange: 'notifications',
      routingKey: 'account.created',
      body: '{"accountId":"ñ"}',
      headers: '{"x-request-id":"r1"}',
      sentAt: null,
    },
  ]);
});
