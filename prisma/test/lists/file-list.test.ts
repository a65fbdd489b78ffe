import t from 'tap';
import { fromBytes, newId, toBytes } from '../../src/client/identifiers.js';
import { getFile, listFiles } from '../../src/lists/file-list.js';
import { toFile } from '../../src/lists/file-row.js';
import { fileData, setup } from '../fixtures/setup.js';

const owner = newId();
const stranger = newId();

t.test("pages, filters, and shows no stranger's file", async (t) => {
  const { prisma, pool } = await setup(t);
  const [first, second, third] = [newId(), newId(), newId()];
  await prisma.file.createMany({
    data: [
      fileData(owner, first),
      { ...fileData(owner, second), kind: 'result', name: 'Report.pdf' },
      { ...fileData(owner, third), name: 'report.pdf' },
      fileData(stranger),
    ],
  });
  const list = async (query: Partial<Parameters<typeof listFiles>[1]>) => {
    const given = { ownerId: owner, limit: 2, order: 'desc', ...query } as const;
    const { rows, next } = await listFiles(pool, given);
    return { ids: rows.map(({ id }) => fromBytes(id)), next };
  };
  t.same(await list({}), { ids: [third, second], next: second });
  t.same(await list({ after: second }), { ids: [first], next: null });
  t.same(await list({ order: 'asc' }), { ids: [first, second], next: second });
  t.same(await list({ order: 'asc', after: second }), { ids: [third], next: null });
  t.same(await list({ kind: 'result' }), { ids: [second], next: null });
  t.same(await list({ name: 'report.pdf' }), { ids: [third], next: null });
  t.same(await list({ name: 'Report.pdf', kind: 'upload' }), { ids: [], next: null });
});

t.test("pages through a task's files, and shows nobody else's", async (t) => {
  const { prisma, pool } = await setup(t);
  const [task, other] = [newId(), newId()];
  const [input, first, second] = [newId(), newId(), newId()];
  const ofTask = (id: string, taskId = task) => ({
    ...fileData(owner, id),
    taskId: toBytes(taskId),
  });
  await prisma.file.createMany({
    data: [
      ofTask(input),
      { ...ofTask(first), kind: 'result' },
      { ...ofTask(second), kind: 'result' },
      ofTask(newId(), other),
      fileData(owner),
      { ...fileData(stranger), taskId: toBytes(task) },
    ],
  });
  const list = async (query: Partial<Parameters<typeof listFiles>[1]>) => {
    const given = { ownerId: owner, task, limit: 2, order: 'asc', ...query } as const;
    const { rows, next } = await listFiles(pool, given);
    return { ids: rows.map(({ id }) => fromBytes(id)), next };
  };
  t.same(await list({}), { ids: [input, first], next: first });
  t.same(await list({ after: first }), { ids: [second], next: null });
  t.same(await list({ order: 'desc', kind: 'result' }), { ids: [second, first], next: null });
  t.same(await list({ task: newId() }), { ids: [], next: null });
  t.same(await list({ ownerId: newId() }), { ids: [], next: null });
});

t.test('gets a file for its owner only', async (t) => {
  const { prisma, pool } = await setup(t);
  const id = newId();
  await prisma.file.create({ data: { ...fileData(owner, id), taskId: Buffer.alloc(16, 1) } });
  const row = await getFile(pool, owner, id);
  t.match(row, { size: 5_368_709_120, blobKey: `uploads/00/${id}` });
  t.same(row?.taskId && Buffer.from(row.taskId), Buffer.alloc(16, 1));
  t.same(row && toFile(row), toFile(await prisma.file.findFirstOrThrow()));
  t.equal(await getFile(pool, stranger, id), undefined);
  t.equal(await getFile(pool, owner, newId()), undefined);
});
