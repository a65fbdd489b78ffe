import { newId, toBytes } from '@comprimemelo/prisma/identifiers';
import t from 'tap';
import { filesFixture } from './files-fixture.js';

t.test('the row and the blob go', async (t) => {
  const { uploaded, request, db, store } = await filesFixture(t);
  const { id } = await uploaded('a.txt', 'a');
  t.equal((await request('DELETE', `/api/files/${id}`)).statusCode, 204);
  t.equal(await db.prisma.file.count(), 0);
  t.strictSame(await store.filesIn('uploads'), []);
  t.equal((await request('DELETE', `/api/files/${id}`)).statusCode, 404);
});

t.test('a file that a task reads stays as long as it reads', async (t) => {
  const { uploaded, request, db, userId } = await filesFixture(t);
  const { id } = await uploaded('a.txt', 'a');
  const taskId = toBytes(newId());
  const now = new Date();
  await db.prisma.task.create({
    data: {
      ...{ id: taskId, ownerId: toBytes(userId), operation: 'compress', status: 'processing' },
      ...{ options: '{}', inputs: '[]', results: '[]', resultCount: 0, inputSize: 1n },
      ...{ progress: 0, attempt: 1, hasPassword: false, createdAt: now, touchedAt: now },
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
