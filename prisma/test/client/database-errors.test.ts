import { setTimeout as pause } from 'node:timers/promises';
import { testDatabase } from '@comprimemelo/testing/database';
import { createConnection } from 'mariadb';
import t, { type Test } from 'tap';
import { type Database, openDatabase } from '../../src/client/client.js';
import { connectionSettings } from '../../src/client/connection-settings.js';
import {
  isDeadlock,
  isUnavailable,
  retrying,
  uniqueConstraint,
} from '../../src/client/database-errors.js';
import { newId } from '../../src/client/identifiers.js';
import { listen, proxyTo } from '../fixtures/network.js';
import { setup, userData } from '../fixtures/setup.js';

t.test('tells which unique index a write broke', async (t) => {
  const { prisma } = await setup(t);
  const ana = userData('ana');
  await prisma.user.create({ data: ana });
  const broken = (data: ReturnType<typeof userData>) =>
    prisma.user.create({ data }).then(() => undefined, uniqueConstraint);

  t.equal(await broken({ ...userData('bea'), username: 'ana' }), 'users_username_key');
  t.equal(await broken({ ...userData('bea'), email: 'ana@example.org' }), 'users_email_key');
  t.equal(await broken({ ...userData('bea'), id: ana.id }), 'PRIMARY');
  t.equal(uniqueConstraint(new Error('another')), undefined);
  t.equal(uniqueConstraint(undefined), undefined);
});

/** Two transactions that each lock one row, and then want the other's. */
async function colliding({ prisma }: Database, run: (work: () => Promise<void>) => Promise<void>) {
  const first = userData(`ana-${newId().slice(-12)}`);
  const second = userData(`bea-${newId().slice(-12)}`);
  await prisma.user.createMany({ data: [first, second] });
  let locked = 0;
  let bothLocked = () => {};
  const both = new Promise<void>((resolve) => {
    bothLocked = resolve;
  });
  const lock = (mine: Buffer<ArrayBuffer>, other: Buffer<ArrayBuffer>) => () =>
    prisma.$transaction(async (tx) => {
      await tx.user.update({ where: { id: mine }, data: { firstName: 'x' } });
      locked += 1;
      if (locked === 2) bothLocked();
      await both;
      await tx.user.update({ where: { id: other }, data: { firstName: 'x' } });
    });
  return Promise.allSettled([run(lock(first.id, second.id)), run(lock(second.id, first.id))]);
}

t.test('knows a deadlock, and retrying gets both through', async (t) => {
  const db = await setup(t);
  const outcomes = await colliding(db, (work) => work());
  const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
  t.equal(lost.length, 1);
  t.ok(isDeadlock(lost[0]?.reason));

  const retried = await colliding(db, (work) => retrying(work));
  t.same(
    retried.map(({ status }) => status),
    ['fulfilled', 'fulfilled'],
  );
});

t.test('other errors pass at once, and a deadlock that does not end passes too', async (t) => {
  let calls = 0;
  const fail = (error: unknown) => async () => {
    calls += 1;
    throw error;
  };
  await t.rejects(retrying(fail(new Error('another'))), { message: 'another' });
  t.equal(calls, 1);
  const deadlock = Object.assign(new Error('deadlock'), { errno: 1213 });
  await t.rejects(retrying(fail(deadlock), { attempts: 2 }), { message: 'deadlock' });
  t.equal(calls, 3);
});

/** What a query by the driver, one by Prisma and a transaction end with. */
async function errorsOf(t: Test, url: string): Promise<unknown[]> {
  const { prisma, pool, close } = openDatabase(url);
  t.teardown(close);
  const outcomes = await Promise.allSettled([
    pool.query('SELECT 1'),
    prisma.user.count(),
    prisma.$transaction((tx) => tx.user.count()),
  ]);
  return outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason);
}

t.test(
  'a port that refuses, and one that never answers, are a database that is away',
  async (t) => {
    const mute = await listen(t, () => undefined);
    for (const port of [1, mute]) {
      const errors = await errorsOf(t, `mysql://root@127.0.0.1:${port}/x`);
      t.same(errors.map(isUnavailable), [true, true, true]);
    }
  },
);

/**
 * Resolves when that many statements sleep and no connection has been opened for half a second. The driver rejects without a handler
 * when a connection is lost, or the pool closed, while that connection is being opened.
 */
async function quiet(url: string, asleep: number): Promise<void> {
  const observer = await createConnection(connectionSettings(url));
  const connections = 'SELECT id FROM information_schema.processlist WHERE db = DATABASE()';
  const sleeping = `${connections} AND info LIKE 'SELECT SLEEP%'`;
  let before = '';
  for (let same = 0; same < 25; same += 1) {
    const now = String((await observer.query<{ id: bigint }[]>(connections)).map(({ id }) => id));
    const isWorking = asleep > 0 && (await observer.query<unknown[]>(sleeping)).length < asleep;
    if (now !== before || isWorking) same = 0;
    before = now;
    await pause(20);
  }
  await observer.end();
}

/** Until it is cut: by itself Prisma would end a transaction after five seconds. */
const patient = { maxWait: 60_000, timeout: 60_000 };

for (const how of ['ended', 'reset'] as const) {
  t.test(`so is one whose connections are ${how} in the middle of the work`, async (t) => {
    const { url, drop } = await testDatabase();
    t.teardown(drop);
    const { address, cut } = await proxyTo(t, url);
    const { prisma, pool, close } = openDatabase(address);
    t.teardown(close);
    const outcomes = Promise.allSettled([
      pool.query('SELECT SLEEP(60)'),
      prisma.$queryRaw`SELECT SLEEP(60)`,
      prisma.$transaction((tx) => tx.$queryRaw`SELECT SLEEP(60)`, patient),
    ]);
    await quiet(url, 3);
    cut(how);
    const errors = (await outcomes).map((outcome) => 'reason' in outcome && outcome.reason);
    t.same(errors.map(isUnavailable), [true, true, true]);
    await quiet(url, 0);
  });
}

t.test('a transaction that takes too long, and errors of others, are not', async (t) => {
  const { prisma } = await setup(t);
  const slow = prisma.$transaction((tx) => pause(300).then(() => tx.user.count()), {
    timeout: 100,
  });
  const expired: unknown = await slow.catch((error: unknown) => error);
  t.match(expired, { code: 'P2028' });
  const ofStorage = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  const wrong: unknown = await prisma.$queryRaw`SELECT * FROM nowhere`.catch(
    (error: unknown) => error,
  );
  t.same([expired, ofStorage, wrong, undefined].map(isUnavailable), [false, false, false, false]);
});

t.test('so is one that has no connection left', async (t) => {
  const full = [
    { errno: 1040 },
    { meta: { driverAdapterError: { cause: { kind: 'TooManyConnections' } } } },
  ];
  t.same(full.map(isUnavailable), [true, true]);
});
