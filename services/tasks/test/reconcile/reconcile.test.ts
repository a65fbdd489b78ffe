import { blobKey } from '@comprimemelo/contracts/blob-keys';
import { connect } from '@comprimemelo/messaging/connection';
import { createPublisher } from '@comprimemelo/messaging/publisher';
import { declareTopology } from '@comprimemelo/messaging/topology';
import { newId, toBytes } from '@comprimemelo/prisma/client/identifiers';
import { testBroker } from '@comprimemelo/testing/broker';
import t, { type Test } from 'tap';
import { removeOrphans } from '../../src/reconcile/remove-orphans.js';
import { requeueWaiting } from '../../src/reconcile/requeue-waiting.js';
import { tasksFixture } from '../fixtures/tasks-fixture.js';

async function reconcileFixture(t: Test) {
  const fixture = await tasksFixture(t);
  const host = await testBroker();
  const { logger } = fixture.events;
  const broker = connect(host.url, { logger, name: 'reconcile' });
  declareTopology(broker);
  await broker.waitUntilReady(20_000);
  t.teardown(async () => {
    await broker.close();
    await host.delete();
  });
  return { ...fixture, host, broker, dependencies: { ...fixture.events, broker } };
}

const longAgo = new Date(Date.now() - 3_600_000);

t.test('a job that was not heard of is queued again, once', async (t) => {
  const { created, db, host, broker, dependencies } = await reconcileFixture(t);
  const { id } = await created();
  await db.prisma.task.updateMany({ data: { touchedAt: longAgo } });
  t.equal(await requeueWaiting(dependencies), 0, 'not while the outbox still holds it');
  await db.prisma.outboxMessage.updateMany({ data: { sentAt: new Date() } });
  const publisher = createPublisher(broker);
  const job = { exchange: '', routingKey: 'conversions.small', body: 'somebody waits' };
  await publisher.publish(job);
  await publisher.close();
  t.equal(await requeueWaiting(dependencies), 0, 'not while jobs wait in a queue');
  await host.purge('conversions.small');
  const twice = await Promise.all([requeueWaiting(dependencies), requeueWaiting(dependencies)]);
  t.strictSame(twice.sort(), [0, 1], 'by one of two instances');
  const [first, second] = await db.prisma.outboxMessage.findMany({ orderBy: { id: 'asc' } });
  t.strictSame(JSON.parse(second?.body ?? ''), JSON.parse(first?.body ?? 'null'));
  t.match(JSON.parse(second?.body ?? ''), { taskId: id, attempt: 1 });
  await db.prisma.outboxMessage.updateMany({ data: { sentAt: new Date() } });
  t.equal(await requeueWaiting(dependencies), 0);
});

t.test('a job that is queued again has its password, and its run begins anew', async (t) => {
  const { created, db, dependencies } = await reconcileFixture(t);
  const { id } = await created({ format: 'zip', password: 'secret' });
  const sent = { sentAt: new Date(), body: 'null' };
  const [first] = await db.prisma.outboxMessage.findMany();
  await db.prisma.outboxMessage.updateMany({ data: sent });
  const file = await db.prisma.file.findFirstOrThrow();
  const half = { id: toBytes(newId()), kind: 'result' as const, blobKey: 'results/00/x' };
  await db.prisma.file.create({ data: { ...file, ...half } });
  const silent = { touchedAt: longAgo, runId: toBytes(newId()) };
  await db.prisma.task.updateMany({ data: silent });
  t.equal(await requeueWaiting(dependencies), 1);
  const again = await db.prisma.outboxMessage.findFirstOrThrow({ where: { sentAt: null } });
  t.equal(again.body, first?.body);
  t.type(JSON.parse(again.body).sealedPassword, 'string');
  t.equal(again.secret, true);
  t.match(await db.prisma.task.findUnique({ where: { id: toBytes(id) } }), { runId: null });
  t.equal(await db.prisma.file.count({ where: { kind: 'result' } }), 0);
});

t.test('what has ended is not queued again', async (t) => {
  const { created, db, dependencies } = await reconcileFixture(t);
  await created();
  await db.prisma.outboxMessage.updateMany({ data: { sentAt: new Date() } });
  await db.prisma.task.updateMany({ data: { touchedAt: longAgo, status: 'failed' } });
  t.equal(await requeueWaiting(dependencies), 0);
});

t.test('blobs that no row names are deleted when they are old enough', async (t) => {
  const { created, events, storage, store } = await tasksFixture(t);
  const task = await created();
  async function* source() {
    yield Buffer.from('x');
  }
  await storage.put(blobKey('results', newId()), source());
  await storage.put(blobKey('uploads', newId()), source());
  t.equal(await removeOrphans(events), 0, 'not when they are young');
  t.equal(await removeOrphans(events, 0), 2);
  t.strictSame(await store.filesIn('uploads'), [task.files[0]?.id]);
  t.strictSame(await store.filesIn('results'), []);
});

t.test('blobs from before the database are left alone', async (t) => {
  const { events, storage, store, db } = await tasksFixture(t);
  async function* source() {
    yield Buffer.from('x');
  }
  const earlier = new Date(Date.now() - 60_000);
  const id = newId();
  await storage.put(blobKey('uploads', id), source());
  const later = new Date(Date.now() + 60_000);
  await db.prisma.$executeRaw`UPDATE _prisma_migrations SET started_at = ${later}`;
  // Tests of this process share the database.
  t.teardown(() => db.prisma.$executeRaw`UPDATE _prisma_migrations SET started_at = ${earlier}`);
  t.equal(await removeOrphans(events, 0), 0);
  t.strictSame(await store.filesIn('uploads'), [id]);
});
