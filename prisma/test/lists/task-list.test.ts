import t from 'tap';
import type { Database } from '../../src/client/client.js';
import { fromBytes, newId } from '../../src/client/identifiers.js';
import { getTask, listTasks, type TaskQuery } from '../../src/lists/task-list.js';
import { setup, taskData } from '../fixtures/setup.js';

const owner = newId();
const stranger = newId();

async function allPages({ pool }: Database, query: TaskQuery): Promise<string[][]> {
  const pages: string[][] = [];
  for (let after: string | null = null; ; ) {
    const page = await listTasks(pool, after === null ? query : { ...query, after });
    pages.push(page.rows.map(({ id }) => fromBytes(id)));
    after = page.next;
    if (after === null) return pages;
  }
}

t.test(
  "pages through an owner's tasks in both orders, each task once, no stranger's",
  async (t) => {
    const db = await setup(t);
    const ids = Array.from({ length: 7 }, newId);
    await db.prisma.task.createMany({
      data: [
        ...ids.map((id) => taskData(owner, id)),
        ...Array.from({ length: 7 }, () => taskData(stranger)),
      ],
    });
    const query = { ownerId: owner, limit: 3 };
    t.same(await allPages(db, { ...query, order: 'asc' }), [
      ids.slice(0, 3),
      ids.slice(3, 6),
      ids.slice(6),
    ]);
    const newest = ids.toReversed();
    t.same(await allPages(db, { ...query, order: 'desc' }), [
      newest.slice(0, 3),
      newest.slice(3, 6),
      newest.slice(6),
    ]);
    t.same(await allPages(db, { ...query, limit: 7, order: 'desc' }), [newest]);
    t.same(await allPages(db, { ...query, ownerId: newId(), order: 'desc' }), [[]]);
  },
);

t.test('filters by status and operation', async (t) => {
  const db = await setup(t);
  const [processed, failed, converted] = [newId(), newId(), newId()];
  await db.prisma.task.createMany({
    data: [
      taskData(owner, processed),
      { ...taskData(owner, failed), status: 'failed' },
      { ...taskData(owner, converted), operation: 'convert' },
    ],
  });
  const query = { ownerId: owner, limit: 5, order: 'asc' } as const;
  t.same(await allPages(db, { ...query, status: 'failed' }), [[failed]]);
  t.same(await allPages(db, { ...query, operation: 'compress' }), [[processed, failed]]);
  t.same(await allPages(db, { ...query, status: 'processed', operation: 'convert' }), [
    [converted],
  ]);
  t.same(await allPages(db, { ...query, status: 'cancelled' }), [[]]);
});

t.test('gets a task for its owner only', async (t) => {
  const { prisma, pool } = await setup(t);
  const id = newId();
  await prisma.task.create({ data: taskData(owner, id) });
  t.match(await getTask(pool, owner, id), { status: 'processed', resultCount: 1, progress: 100 });
  t.equal(await getTask(pool, stranger, id), undefined);
  t.equal(await getTask(pool, owner, newId()), undefined);
  await t.rejects(getTask(pool, owner, "' OR 1=1"), TypeError);
});
