import { blobKey } from '@comprimemelo/contracts/blob-keys';
import { newId, toBytes } from '@comprimemelo/prisma/client/identifiers';
import t from 'tap';
import { filesFixture } from '../files-fixture.js';

t.test('the row and the blob go', async (t) => {
  const { uploaded, request, db, store } = await filesFixture(t);
  const { id } = await uploaded('a.txt', 'a');
  t.equal((await request('DELETE', `/api/files/${id}`)).statusCode, 204);
  t.equal(await db.prisma.file.count(), 0);
  t.strictSame(await store.filesIn('uploads'), []);
  t.equal((await request('DELETE', `/api/files/${id}`)).statusCode, 404);
});

t.test('what an inspection found goes too, and that of no other file', async (t) => {
  const { uploaded, request, db, store } = await filesFixture(t);
  const inspected = async (name: string) => {
    const { id } = await uploaded(name, name);
    const key = blobKey('inspections', newId());
    await store.client('compressor').put(key, [Buffer.from('{}\n')]);
    await db.prisma.inspection.create({
      data: { fileId: toBytes(id), blobKey: key, summary: '{}', createdAt: new Date() },
    });
    return { id, key };
  };
  const [gone, kept] = [await inspected('a.zip'), await inspected('b.zip')];
  t.equal((await request('DELETE', `/api/files/${gone.id}`)).statusCode, 204);
  const left = await db.prisma.inspection.findMany();
  t.strictSame(
    left.map((row) => row.blobKey),
    [kept.key],
  );
  t.strictSame(await store.filesIn('inspections'), [kept.key.split('/').at(-1)]);
});

t.test('a file that a task reads stays as long as it reads', async (t) => {
  const { uploaded, request, db, userId } = await filesFixture(t);
  const { id } = await uploaded('a.txt', 'a');
  const taskId = toBytes(newId());
  const now = new Date();
  await db.prisma.task.create({
    data: {
      id: taskId,
      ownerId: toBytes(userId),
      operation: 'compress',
      status: 'processing',
      options: '{}',
      inputs: '[]',
      results: '[]',
      resultCount: 0,
      inputSize: 1n,
      progress: 0,
      attempt: 1,
      hasPassword: false,
      quiet: false,
      createdAt: now,
      touchedAt: now,
      taskInputs: { create: { position: 0, fileId: toBytes(id) } },
    },
  });
  await db.prisma.file.updateMany({ data: { taskId } });
  const busy = await request('DELETE', `/api/files/${id}`);
  t.equal(busy.json().type, '/problems/file-in-use');
  await db.prisma.task.updateMany({ data: { status: 'processed' } });
  t.equal((await request('DELETE', `/api/files/${id}`)).statusCode, 204);
  const message = await db.prisma.outboxMessage.findFirstOrThrow();
  t.match(JSON.parse(message.body), { type: 'file.deleted', fileId: id }, 'its task is told');
});
