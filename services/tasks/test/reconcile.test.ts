import { blobKey } from '@comprimemelo/contracts/blob-keys';
import { newId } from '@comprimemelo/prisma/identifiers';
import t from 'tap';
import { removeOrphans } from '../src/reconcile/remove-orphans.js';
import { requeueWaiting } from '../src/reconcile/requeue-waiting.js';
import { tasksFixture } from './tasks-fixture.js';

const longAgo = new Date(Date.now() - 3_600_000);

t.test('a job that was not heard of is queued again, once', async (t) => {
  const { created, db, events } = await tasksFixture(t);
  const { id } = await created();
  await db.prisma.task.updateMany({ data: { touchedAt: longAgo } });
  t.equal(await requeueWaiting(events), 0, 'not while the outbox still holds it');
  await db.prisma.outboxMessage.updateMany({ data: { sentAt: new Date() } });
  t.equal(await requeueWaiting(events), 1);
  const [first, second] = await db.prisma.outboxMessage.findMany({ orderBy: { id: 'asc' } });
  t.strictSame(JSON.parse(second?.body ?? ''), JSON.parse(first?.body ?? 'null'));
  t.match(JSON.parse(second?.body ?? ''), { taskId: id, attempt: 1 });
  await db.prisma.outboxMessage.updateMany({ data: { sentAt: new Date() } });
  t.equal(await requeueWaiting(events), 0);
});

t.test('what has ended is not queued again', async (t) => {
  const { created, db, events } = await tasksFixture(t);
  await created();
  await db.prisma.outboxMessage.updateMany({ data: { sentAt: new Date() } });
  await db.prisma.task.updateMany({ data: { touchedAt: longAgo, status: 'failed' } });
  t.equal(await requeueWaiting(events), 0);
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
