import type { ArchiveSummary } from '@comprimemelo/contracts/archive';
import { toBytes } from '@comprimemelo/prisma/client/identifiers';
import t from 'tap';
import { removeOrphans } from '../../src/reconcile/remove-orphans.js';
import { removeAccount } from '../../src/removals/remove-account.js';
import { applyCompleted } from '../../src/reports/apply-completed.js';
import { completed } from '../fixtures/events.js';
import { rerunFixture } from '../fixtures/rerun-fixture.js';

const summary: ArchiveSummary = {
  format: 'zip',
  entries: 1,
  size: 3,
  packedSize: 100,
  ratio: 0.03,
  encrypted: true,
  passwordRequired: false,
  dangers: [],
  refused: null,
};
const nameOf = (key: string) => key.split('/').at(-1);

t.test('a newer inspection takes the place of an older one of its file', async (t) => {
  const { created, put, events, db, store, request } = await rerunFixture(t);
  const task = await created({ operation: 'inspect' }, [
    ['a.zip', 'a'],
    ['b.zip', 'b'],
  ]);
  const old = [await put('inspections', 'a\n'), await put('inspections', 'b\n')];
  const event = completed(task.id, [], {
    inspections: old.map((blobKey, input) => ({ input, blobKey, summary })),
  });
  await applyCompleted(event, events, {});
  await applyCompleted(event, events, {});
  t.strictSame((await store.filesIn('inspections')).sort(), old.map(nameOf).sort());
  const payload = { files: [task.files[1]?.id], operation: 'decompress' };
  const second = (await request('POST', '/api/tasks', { payload })).json();
  const newer = await put('inspections', 'c\n');
  const inspections = [{ input: 0, blobKey: newer, summary }];
  await applyCompleted(completed(second.id, [], { inspections }), events, {});
  const rows = await db.prisma.inspection.findMany();
  t.strictSame(rows.map(({ blobKey }) => blobKey).sort(), [old[0], newer].sort());
  t.strictSame(
    (await store.filesIn('inspections')).sort(),
    [old[0] ?? '', newer].map(nameOf).sort(),
  );
});

t.test('an inspection of a file that is gone, or of a run that lost, leaves nothing', async (t) => {
  const { created, put, events, db, store, process } = await rerunFixture(t);
  const task = await created({ operation: 'inspect' }, [['a.zip', 'a']]);
  await db.prisma.taskInput.deleteMany();
  const gone = [{ input: 0, blobKey: await put('inspections', 'a\n'), summary }];
  await applyCompleted(completed(task.id, [], { inspections: gone }), events, {});
  const other = await created({ operation: 'decompress' }, [['a.zip', 'a']]);
  await process(other);
  const late = [{ input: 0, blobKey: await put('inspections', 'a\n'), summary }];
  await applyCompleted(completed(other.id, [], { inspections: late }), events, {});
  t.equal(await db.prisma.inspection.count(), 0);
  t.strictSame(await store.filesIn('inspections'), []);
});

t.test('inspections go with their files', async (t) => {
  const { created, put, events, store, request, userId, db } = await rerunFixture(t);
  const inspected = async () => {
    const task = await created({ operation: 'inspect' }, [['a.zip', 'a']]);
    const inspections = [{ input: 0, blobKey: await put('inspections', 'a\n'), summary }];
    await applyCompleted(completed(task.id, [], { inspections }), events, {});
    return task;
  };
  const { id } = await inspected();
  t.equal((await store.filesIn('inspections')).length, 1);
  await request('DELETE', `/api/tasks/${id}`);
  t.strictSame(await store.filesIn('inspections'), []);
  const { files } = await inspected();
  // An upload by itself belongs to no task.
  await db.prisma.file.updateMany({
    where: { id: toBytes(files[0]?.id ?? '') },
    data: { taskId: null },
  });
  await removeAccount(userId, events);
  t.strictSame(await store.filesIn('inspections'), []);
});

t.test('orphans: what no row names of inspections, and every old manifest', async (t) => {
  const { created, put, events, store } = await rerunFixture(t);
  const task = await created({ operation: 'inspect' }, [['a.zip', 'a']]);
  const named = await put('inspections', 'a\n');
  const inspections = [{ input: 0, blobKey: named, summary }];
  await applyCompleted(completed(task.id, [], { inspections }), events, {});
  await put('inspections', 'b\n');
  await put('manifests', 'c\n');
  t.equal(await removeOrphans(events), 0, 'not when they are young');
  t.equal(await removeOrphans(events, 0), 2);
  t.strictSame(await store.filesIn('inspections'), [nameOf(named)]);
  t.strictSame(await store.filesIn('manifests'), []);
});
