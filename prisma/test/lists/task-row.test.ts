import { Task } from '@comprimemelo/contracts/task';
import t from 'tap';
import { newId } from '../../src/client/identifiers.js';
import { getTask } from '../../src/lists/task-list.js';
import { taskJson, toTask } from '../../src/lists/task-row.js';
import { setup, taskData } from '../fixtures/setup.js';

t.test('a task is the same by Prisma, by the driver, as an object and as JSON', async (t) => {
  const { prisma, pool } = await setup(t);
  const owner = newId();
  const ids = [newId(), newId()];
  await prisma.task.create({ data: taskData(owner, ids[0]) });
  await prisma.task.create({
    data: {
      ...taskData(owner, ids[1]),
      status: 'failed',
      format: null,
      results: '[]',
      resultCount: 0,
      error: '{"type":"/problems/archive-corrupt","title":"damaged"}',
      finishedAt: new Date('2026-01-31T12:00:01.999Z'),
    },
  });
  for (const [index, stored] of (
    await prisma.task.findMany({ orderBy: { id: 'asc' } })
  ).entries()) {
    const row = await getTask(pool, owner, ids[index] ?? '');
    if (!row) throw new Error('no such task');
    t.same(toTask(row), toTask(stored));
    t.equal(taskJson(row), JSON.stringify(toTask(row)));
    t.equal(taskJson(stored), taskJson(row));
    t.same(Object.keys(toTask(row)), Object.keys(Task.properties));
  }
});

t.test('shows what the API promises', async (t) => {
  const id = newId();
  const row = taskData(newId(), id);
  t.match(toTask(row), {
    id,
    available: true,
    format: 'zip',
    files: [{ name: 'a "ñ".pdf', extension: 'pdf', size: 7 }],
    results: [{ path: 'a "ñ".zip', size: 5 }],
    options: { level: 'best' },
    attempts: 1,
    report: [],
    error: null,
    createdAt: '2026-01-31T12:00:00.000Z',
    startedAt: '2026-01-31T12:00:00.007Z',
    finishedAt: null,
  });
  t.equal(toTask({ ...row, resultCount: 0 }).available, false);
  t.equal(toTask({ ...row, status: 'processing' }).available, false);
});
