import { setTimeout as pause } from 'node:timers/promises';
import { toBytes } from '@comprimemelo/prisma/client/identifiers';
import t from 'tap';
import { isDead, leaseFrom, renewLease } from '../../src/request/key-lease.js';
import { tasksFixture } from '../fixtures/tasks-fixture.js';

const now = new Date('2026-12-01T12:00:00Z');
const before = (seconds: number) => new Date(now.getTime() - seconds * 1_000);

t.test('what is dead: a claim without an answer that nobody renews', async (t) => {
  const claim = { response: null, createdAt: before(20), leaseUntil: leaseFrom(before(20)) };
  t.equal(isDead(claim, now), true);
  t.equal(isDead({ ...claim, leaseUntil: leaseFrom(before(11)) }, now), false);
  t.equal(isDead({ ...claim, response: '{}' }, now), false);
  t.equal(isDead({ ...claim, leaseUntil: null }, now), false, 'a version without leases');
  t.equal(isDead({ ...claim, createdAt: before(3_601), leaseUntil: null }, now), true);
});

t.test('a claim is renewed until it ends, and only this one', async (t) => {
  const { db, userId } = await tasksFixture(t);
  const rows = db.prisma.idempotencyKey;
  const claim = {
    ownerId: toBytes(userId),
    keyHash: new Uint8Array(32),
    createdAt: new Date(Date.now() - 60_000),
  };
  const leaseUntil = new Date(Date.now() - 48_000);
  await rows.create({ data: { ...claim, expiresAt: new Date(Date.now() + 60_000), leaseUntil } });
  const leaseOf = async () => (await rows.findFirstOrThrow()).leaseUntil?.getTime() ?? 0;

  const other = renewLease(db, { ...claim, createdAt: new Date() }, { pause: 5 });
  t.teardown(() => other.stop());
  await pause(100);
  t.equal(await leaseOf(), leaseUntil.getTime());

  const renewal = renewLease(db, claim, { pause: 5 });
  t.teardown(() => renewal.stop());
  while ((await leaseOf()) < Date.now()) await pause(5);
  await rows.updateMany({ data: { response: '{}', leaseUntil: null } });
  await pause(100);
  t.equal(await leaseOf(), 0, 'an answer needs no lease');
});
