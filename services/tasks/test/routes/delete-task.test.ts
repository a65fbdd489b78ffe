import { newId, toBytes } from '@comprimemelo/prisma/client/identifiers';
import t from 'tap';
import { removeAccount } from '../../src/removals/remove-account.js';
import { tasksFixture } from '../fixtures/tasks-fixture.js';

t.test('a task goes with what it received', async (t) => {
  const { created, request, left, db } = await tasksFixture(t);
  const { id } = await created();
  const foreign = await request('DELETE', `/api/tasks/${id}`, { by: newId() });
  t.equal(foreign.statusCode, 404);
  t.equal((await left()).tasks, 1);
  t.equal((await request('DELETE', `/api/tasks/${id}`)).statusCode, 204);
  await db.prisma.outboxMessage.deleteMany();
  t.strictSame(await left(), { tasks: 0, files: 0, messages: 0, blobs: 0 });
  t.equal((await request('DELETE', `/api/tasks/${id}`)).json().type, '/problems/task-not-found');
});

t.test('the worker of a task that is deleted is told to stop', async (t) => {
  const { created, request, cancels, db, events, userId } = await tasksFixture(t);
  const { id } = await created();
  await request('DELETE', `/api/tasks/${id}`);
  t.strictSame(cancels(), [{ taskId: id, attempt: 1 }]);
  const ended = await created();
  await db.prisma.task.updateMany({ data: { status: 'failed' } });
  await request('DELETE', `/api/tasks/${ended.id}`);
  t.equal(cancels().length, 1, 'not of one that has ended');
  const last = await created();
  await removeAccount(userId, events);
  t.strictSame(cancels().at(-1), { taskId: last.id, attempt: 1 });
});

t.test('a file that another task still reads keeps its task', async (t) => {
  const { created, request, left, db } = await tasksFixture(t);
  const first = await created();
  const second = await request('POST', '/api/tasks', {
    payload: { files: [first.files[0]?.id], format: '7z' },
  });
  const busy = await request('DELETE', `/api/tasks/${first.id}`);
  t.equal(busy.statusCode, 409);
  t.equal(busy.json().type, '/problems/file-in-use');
  t.match(await left(), { tasks: 2, files: 1, blobs: 1 });
  await db.prisma.task.updateMany({
    where: { attempt: 1, format: '7z' },
    data: { status: 'failed' },
  });
  t.equal((await request('DELETE', `/api/tasks/${first.id}`)).statusCode, 204);
  t.equal((await request('GET', `/api/tasks/${second.json().id}`)).statusCode, 200);
});

t.test('a new task and the removal of its input never both succeed', async (t) => {
  const { created, request, db } = await tasksFixture(t);
  for (let round = 0; round < 10; round += 1) {
    const first = await created();
    const payload = { files: [first.files[0]?.id], format: '7z' };
    const [deleted, made] = await Promise.all([
      request('DELETE', `/api/tasks/${first.id}`),
      request('POST', '/api/tasks', { payload }),
    ]);
    const outcome = `${deleted.statusCode} and ${made.statusCode}`;
    t.ok(['204 and 404', '409 and 202'].includes(outcome), outcome);
    if (made.statusCode !== 202) continue;
    const inputs = await db.prisma.taskInput.count({ where: { taskId: toBytes(made.json().id) } });
    t.equal(inputs, 1, 'an accepted task has its input');
  }
});

t.test("an account's tasks and files go with it, another's stay", async (t) => {
  const { created, request, userId, events, left } = await tasksFixture(t);
  const first = await created();
  await request('POST', '/api/tasks', { payload: { files: [first.files[0]?.id], format: '7z' } });
  await removeAccount(newId(), events);
  t.match(await left(), { tasks: 2, files: 1, blobs: 1 });
  await removeAccount(userId, events);
  t.match(await left(), { tasks: 0, files: 0, blobs: 0 });
  await removeAccount(userId, events);
});
