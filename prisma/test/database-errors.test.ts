import t from 'tap';
import type { Database } from '../src/client.js';
import { isDeadlock, retrying, uniqueConstraint } from '../src/database-errors.js';
import { newId } from '../src/identifiers.js';
import { setup, userData } from './setup.js';

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
