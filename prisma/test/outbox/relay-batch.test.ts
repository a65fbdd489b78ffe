import t from 'tap';
import { InFlight } from '../../src/outbox/in-flight.js';
import { outboxMessage } from '../../src/outbox/outbox.js';
import { batchSize, relayBatch } from '../../src/outbox/relay-batch.js';
import { setup } from '../fixtures/setup.js';

const data = (n: number) => outboxMessage({ exchange: 'x', routingKey: 'k', body: n });
const logger = { error: () => undefined };

t.test('takes a batch from behind a row, and marks only what was confirmed', async (t) => {
  const { prisma, pool } = await setup(t);
  const numbers = Array.from({ length: batchSize + 2 }, (_none, n) => n);
  await prisma.outboxMessage.createMany({ data: numbers.map(data) });
  const published: unknown[] = [];
  const options = {
    publishWithin: 5_000,
    inFlight: new InFlight(),
    logger,
    publish: async ({ body }: { body: unknown }) => {
      if (body === 1) throw new Error('unroutable');
      published.push(body);
    },
  };
  const first = await relayBatch(pool, { ...options, after: 0n });
  t.match(first, { failed: 1, full: true });
  t.match(await relayBatch(pool, { ...options, after: first.last }), { failed: 0, full: false });
  t.same(
    published,
    numbers.filter((n) => n !== 1),
  );
  const left = await prisma.outboxMessage.findMany({ where: { sentAt: null } });
  t.same(
    left.map(({ body }) => body),
    ['1'],
  );
});

t.test('waits no longer than told for a confirm', async (t) => {
  const { prisma, pool } = await setup(t);
  await prisma.outboxMessage.create({ data: data(1) });
  const batch = relayBatch(pool, {
    after: 0n,
    publishWithin: 100,
    inFlight: new InFlight(),
    logger,
    publish: () => new Promise(() => undefined),
  });
  t.match(await batch, { failed: 1 });
  t.equal(await prisma.outboxMessage.count({ where: { sentAt: null } }), 1);
  await prisma.outboxMessage.updateMany({ data: { sentAt: new Date() } });
});

t.test('while one waits for a confirm others write', async (t) => {
  const { prisma, pool } = await setup(t);
  await prisma.outboxMessage.create({ data: data(1) });
  let started = () => {};
  const publishing = new Promise<void>((resolve) => {
    started = resolve;
  });
  let refuse = () => {};
  const batch = relayBatch(pool, {
    after: 0n,
    publishWithin: 60_000,
    inFlight: new InFlight(),
    logger,
    publish: () => {
      started();
      return new Promise((_resolve, reject) => {
        refuse = () => reject(new Error('no confirm'));
      });
    },
  });
  await publishing;
  await prisma.outboxMessage.create({ data: data(2) });
  const other = {
    after: 0n,
    publishWithin: 5_000,
    inFlight: new InFlight(),
    logger,
    publish: async () => undefined,
  };
  t.match(await relayBatch(pool, other), { failed: 0, full: false });
  refuse();
  t.match(await batch, { failed: 1 });
  const left = await prisma.outboxMessage.findMany({ where: { sentAt: null } });
  t.same(
    left.map(({ body }) => body),
    ['1'],
  );
  await prisma.outboxMessage.updateMany({ data: { sentAt: new Date() } });
});

t.test('a body that is no JSON stays, and holds up nobody', async (t) => {
  const { prisma, pool } = await setup(t);
  await prisma.outboxMessage.createMany({ data: [{ ...data(1), body: '{' }, data(2)] });
  const published: unknown[] = [];
  const publish = async ({ body }: { body: unknown }) => void published.push(body);
  t.match(
    await relayBatch(pool, {
      after: 0n,
      publishWithin: 5_000,
      inFlight: new InFlight(),
      logger,
      publish,
    }),
    {
      failed: 1,
    },
  );
  t.same(published, [2]);
});
