import { setTimeout as pause } from 'node:timers/promises';
import t from 'tap';
import type { Database } from '../../src/client/client.js';
import { type OutboxEntry, outboxMessage } from '../../src/outbox/outbox.js';
import { startRelay } from '../../src/outbox/relay.js';
import { batchSize } from '../../src/outbox/relay-batch.js';
import { setup } from '../fixtures/setup.js';

const anHour = 3_600_000;

/** Collects what is published; `until(n)` resolves when n messages have arrived. */
function inbox() {
  const bodies: unknown[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  return {
    bodies,
    publish: async ({ body }: { body: unknown }) => {
      bodies.push(body);
      for (const { count, resolve } of waiting) if (bodies.length >= count) resolve();
    },
    until: (count: number) =>
      bodies.length >= count
        ? Promise.resolve()
        : new Promise<void>((resolve) => waiting.push({ count, resolve })),
  };
}

const logger = { error: () => undefined };

const entry = (n: number): OutboxEntry => ({ exchange: 'x', routingKey: 'k', body: n });

const write = ({ prisma }: Database, numbers: number[]) =>
  prisma.outboxMessage.createMany({ data: numbers.map((n) => outboxMessage(entry(n))) });

const unsent = ({ prisma }: Database) => prisma.outboxMessage.count({ where: { sentAt: null } });

const range = (length: number) => Array.from({ length }, (_none, n) => n);

t.test('wake publishes what was committed, at once, with all that belongs to it', async (t) => {
  const db = await setup(t);
  const published: object[] = [];
  const { publish, until } = inbox();
  const relay = startRelay({
    db,
    logger,
    sweepInterval: anHour,
    publish: async (message) => {
      published.push(message);
      await publish(message);
    },
  });
  const row = await db.prisma.$transaction((tx) =>
    tx.outboxMessage.create({
      data: outboxMessage({
        exchange: 'conversions',
        routingKey: 'small',
        body: { name: 'ñ' },
        headers: { 'x-request-id': 'r1', traceparent: undefined },
      }),
    }),
  );
  relay.wake();
  await until(1);
  t.same(published, [
    {
      exchange: 'conversions',
      routingKey: 'small',
      body: { name: 'ñ' },
      headers: { 'x-request-id': 'r1' },
      messageId: `outbox-${row.id}`,
    },
  ]);
  await relay.close();
  t.equal(await unsent(db), 0);
});

t.test('without wake the sweep finds it', async (t) => {
  const db = await setup(t);
  const { publish, until } = inbox();
  const relay = startRelay({ db, logger, publish, sweepInterval: 20 });
  await write(db, [1]);
  await until(1);
  await relay.close();
  t.equal(await unsent(db), 0);
});

t.test('keeps the order, over several batches', async (t) => {
  const db = await setup(t);
  const numbers = range(batchSize * 2 + 5);
  await write(db, numbers);
  const { publish, until, bodies } = inbox();
  const relay = startRelay({ db, logger, publish, sweepInterval: anHour });
  await until(numbers.length);
  await relay.close();
  t.same(bodies, numbers);
  t.equal(await unsent(db), 0);
});

t.test('two relays at once send each message once', async (t) => {
  const db = await setup(t);
  const { publish, until, bodies } = inbox();
  const options = { db, logger, publish, sweepInterval: 10 };
  const relays = [startRelay(options), startRelay(options)];
  for (const round of range(10)) {
    await write(
      db,
      range(50).map((n) => round * 50 + n),
    );
    for (const relay of relays) relay.wake();
  }
  await until(500);
  await Promise.all(relays.map((relay) => relay.close()));
  t.equal(bodies.length, 500);
  t.equal(new Set(bodies).size, 500);
  t.equal(await unsent(db), 0);
});

t.test('what cannot be published stays, and is sent when the broker is back', async (t) => {
  const db = await setup(t);
  await write(db, range(3));
  const { publish, until, bodies } = inbox();
  const errors: object[] = [];
  let tries = 0;
  const relay = startRelay({
    db,
    publish: async (message) => {
      tries += 1;
      if (tries <= 4) throw new Error('the broker is away');
      await publish(message);
    },
    logger: { error: (details) => errors.push(details) },
    sweepInterval: 10,
  });
  await until(3);
  await relay.close();
  t.same(bodies.toSorted(), [0, 1, 2]);
  t.match(errors, [{ failed: 3 }, { failed: 1 }]);
  t.equal(await unsent(db), 0);
});

t.test('more messages than a batch that always fail do not hold up the others', async (t) => {
  const db = await setup(t);
  await write(db, range(batchSize + 1));
  await write(db, [-1]);
  const { publish, until } = inbox();
  const relay = startRelay({
    db,
    logger,
    publish: async (message) => {
      if (Number(message.body) >= 0) throw new Error('unroutable');
      await publish(message);
    },
    sweepInterval: 10,
  });
  await until(1);
  await relay.close();
  t.equal(await unsent(db), batchSize + 1);
});

t.test('while the broker is not ready nothing is tried', async (t) => {
  const db = await setup(t);
  await write(db, [1]);
  let ready = false;
  let asked = 0;
  let askedEnough = () => {};
  const enough = new Promise<void>((resolve) => {
    askedEnough = resolve;
  });
  const { publish, until, bodies } = inbox();
  const isReady = () => {
    asked += 1;
    if (asked === 3) askedEnough();
    return ready;
  };
  const relay = startRelay({ db, logger, publish, isReady, sweepInterval: 10 });
  await enough;
  t.same(bodies, []);
  ready = true;
  await until(1);
  await relay.close();
  t.equal(await unsent(db), 0);
});

t.test('close waits for the batch that runs', async (t) => {
  const db = await setup(t);
  await write(db, [1]);
  let started = () => {};
  const publishing = new Promise<void>((resolve) => {
    started = resolve;
  });
  let confirm = () => {};
  const publish = () => {
    started();
    return new Promise<void>((resolve) => {
      confirm = resolve;
    });
  };
  const relay = startRelay({ db, logger, publish, sweepInterval: anHour });
  await publishing;
  const closed = relay.close();
  confirm();
  await closed;
  t.equal(await unsent(db), 0);
});

t.test('an undecided message is not published again, and its late confirm marks it', async (t) => {
  const db = await setup(t);
  await write(db, [0]);
  const bodies: unknown[] = [];
  let confirm = () => {};
  const relay = startRelay({
    db,
    publish: async ({ body }) => {
      bodies.push(body);
      if (body === 0) await new Promise<void>((resolve) => (confirm = resolve));
    },
    logger,
    sweepInterval: 5,
    publishWithin: 20,
  });
  const passed = async (n: number) => {
    await write(db, [n]);
    while (!bodies.includes(n)) await pause(5);
  };
  for (const n of [1, 2, 3]) await passed(n);
  t.same(bodies, [0, 1, 2, 3]);
  confirm();
  while ((await unsent(db)) > 0) await pause(5);
  await passed(4);
  await relay.close();
  t.same(bodies, [0, 1, 2, 3, 4]);
});

t.test('one that is refused late is published again', async (t) => {
  const db = await setup(t);
  await write(db, [0]);
  let tries = 0;
  let refuse = () => {};
  const refused = new Promise<void>((_resolve, reject) => {
    refuse = () => reject(new Error('the connection was lost'));
  });
  const failures: object[] = [];
  const relay = startRelay({
    db,
    publish: async () => {
      tries += 1;
      if (tries === 1) await refused;
    },
    logger: { error: (details) => failures.push(details) },
    sweepInterval: 5,
    publishWithin: 20,
  });
  while (failures.length === 0) await pause(5);
  t.equal(tries, 1);
  refuse();
  while ((await unsent(db)) > 0) await pause(5);
  await relay.close();
  t.equal(tries, 2);
});

t.test('at any moment a crash would double a handful', async (t) => {
  const db = await setup(t);
  await write(db, range(55));
  const { publish, until, bodies } = inbox();
  let go = () => {};
  const held = new Promise<void>((resolve) => (go = resolve));
  const relay = startRelay({
    db,
    publish: async (message) => {
      await publish(message);
      // The broker confirms the first 47 and is busy then.
      if (bodies.length > 47) await held;
    },
    logger,
    publishWithin: 60_000,
  });
  await until(48);
  const marked = 55 - (await unsent(db));
  t.ok(bodies.length - marked <= 10, `${bodies.length} published, ${marked} marked`);
  go();
  await relay.close();
});
