import { blobKey } from '@comprimemelo/contracts/blob-keys';
import type { PublishedResult, TaskCompleted } from '@comprimemelo/contracts/messages';
import type { Task } from '@comprimemelo/contracts/task';
import { fromBytes, newId, toBytes } from '@comprimemelo/prisma/client/identifiers';
import t, { type Test } from 'tap';
import { removeAccount } from '../../src/removals/remove-account.js';
import { applyCompleted } from '../../src/reports/apply-completed.js';
import { applyFailed } from '../../src/reports/apply-failed.js';
import { enterResults } from '../../src/reports/enter-results.js';
import { publishRun } from '../../src/reports/publish-run.js';
import { completed, storedResult } from '../fixtures/events.js';
import { rerunFixture } from '../fixtures/rerun-fixture.js';

/** A result of which only the rows matter. */
function result(name: string): PublishedResult {
  const id = newId();
  const path = `folder/${name}\u2028`;
  const what = { size: 1, sha256: 'ab'.repeat(32), mediaType: 'text/plain' };
  return { id, blobKey: blobKey('results', id), name, path, ...what };
}

const results = (count: number) => Array.from({ length: count }, (_, n) => result(`${n}.txt`));

const ndjson = (lines: unknown[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

async function manyFixture(t: Test) {
  const fixture = await rerunFixture(t);
  const { created, put, db, request } = fixture;
  const task = await created({ operation: 'decompress' }, [['a.zip', 'zip']]);
  return {
    ...fixture,
    task,
    /** The report of a run with a manifest of these lines. */
    reported: async (lines: unknown[], count = lines.length) =>
      completed(task.id, [], {
        manifest: { blobKey: await put('manifests', ndjson(lines)), count },
      }),
    /** Enters the results of a run, and goes no further. */
    enter: (event: TaskCompleted) =>
      event.manifest === null ? null : enterResults(event, event.manifest, fixture.events),
    rows: () => db.prisma.file.count({ where: { kind: 'result' } }),
    /** Of the results, how many the owner finds. */
    found: async () => {
      const { ownerId } = await db.prisma.task.findFirstOrThrow();
      return db.prisma.file.count({ where: { kind: 'result', ownerId } });
    },
    shown: async () => (await request('GET', `/api/tasks/${task.id}`)).json() as Task,
  };
}

t.test('1,234 results are entered and the first of them shown', async (t) => {
  const { reported, events, db, rows, shown, store, task } = await manyFixture(t);
  const all = results(1_234);
  const event = await reported(all);
  await applyCompleted(event, events, {});
  t.equal(await rows(), 1_234);
  const { status, resultCount, available, results: first } = await shown();
  t.match({ status, resultCount, available }, { status: 'processed', available: true });
  t.equal(resultCount, 1_234);
  t.strictSame(
    first.map(({ id, path }) => [id, path]),
    all.slice(0, 100).map(({ id, path }) => [id, path]),
    'in the order that the run gave',
  );
  t.match(await db.prisma.task.findFirst(), { runId: null });
  t.strictSame(await store.filesIn('manifests'), [], 'the manifest is gone');
  await applyCompleted(event, events, {});
  t.equal(await rows(), 1_234, 'the event may come twice');
  t.equal(await db.prisma.outboxMessage.count({ where: { routingKey: 'task.processed' } }), 1);
  t.equal((await shown()).id, task.id);
});

t.test('after a crash in the middle the rest is entered', async (t) => {
  const { reported, enter, events, rows, shown, db } = await manyFixture(t);
  const all = results(1_100);
  const event = await reported(all);
  t.equal((await enter(event))?.length, 100, 'entered, not yet ended');
  await db.prisma.file.deleteMany({
    where: { id: { in: all.slice(600).map(({ id }) => toBytes(id)) } },
  });
  t.equal(await rows(), 600);
  t.match(await shown(), { status: 'uploaded' });
  await applyCompleted(event, events, {});
  t.equal(await rows(), 1_100);
  t.match(await shown(), { status: 'processed', resultCount: 1_100 });
});

t.test('a run is discarded while the results of another are entered', async (t) => {
  const { reported, enter, events, rows, shown, storage, store, task } = await manyFixture(t);
  const winner = await reported(results(600));
  await enter(winner);
  const stored = await storedResult(storage);
  await applyCompleted(completed(task.id, [stored]), events, {});
  const loser = await reported([await storedResult(storage), ...results(3)]);
  await applyCompleted(loser, events, {});
  const error = { type: '/problems/processing-failed', title: 'Failed' };
  await applyFailed({ taskId: task.id, attempt: 1, error }, events, {});
  t.match(await shown(), { status: 'uploaded' }, 'none of them ends the task');
  t.equal(await rows(), 600);
  t.strictSame(await store.filesIn('results'), [], 'their blobs are gone');
  t.equal((await store.filesIn('manifests')).length, 1, 'and their manifests');
  await applyCompleted(winner, events, {});
  t.match(await shown(), { status: 'processed', resultCount: 600 });
});

t.test('two runs at once leave the results of one', async (t) => {
  const { reported, events, rows, shown, db } = await manyFixture(t);
  const runs = await Promise.all([1, 2, 3].map((n) => reported(results(500 + n))));
  await Promise.all(runs.map((run) => applyCompleted(run, events, {})));
  const { status, resultCount } = await shown();
  t.equal(status, 'processed');
  t.equal(await rows(), resultCount);
  t.equal(await db.prisma.outboxMessage.count({ where: { routingKey: 'task.processed' } }), 1);
});

t.test('what was entered goes when the task was cancelled meanwhile', async (t) => {
  const { reported, enter, events, rows, shown, storage, store, post, task } = await manyFixture(t);
  const stored = await storedResult(storage);
  const event = await reported([...results(700), stored]);
  await enter(event);
  t.equal(await rows(), 701);
  await post(task, 'cancel');
  await applyCompleted(event, events, {});
  t.equal(await rows(), 0);
  t.match(await shown(), { status: 'cancelled', resultCount: 0 });
  t.strictSame(await store.filesIn('results'), []);
  t.strictSame(await store.filesIn('manifests'), []);
});

t.test('a manifest that cannot be read fails the task and leaves nothing', async (t) => {
  for (const [what, lines, count] of [
    ['a line that is no result', [...results(501), { id: 'x' }], 502],
    ['fewer lines than were said', results(501), 502],
  ] as const) {
    const { reported, events, rows, shown, store, db } = await manyFixture(t);
    await applyCompleted(await reported([...lines], count), events, {});
    t.match(await shown(), { status: 'failed', error: { type: '/problems/processing-failed' } });
    t.equal(await rows(), 0, what);
    t.strictSame(await store.filesIn('manifests'), [], what);
    t.match(await db.prisma.task.findFirst(), { runId: null });
  }
  const { events, shown, task } = await manyFixture(t);
  const manifest = { blobKey: blobKey('manifests', newId()), count: 1 };
  await applyCompleted(completed(task.id, [], { manifest }), events, {});
  t.match(await shown(), { status: 'failed' }, 'nor one that is gone');
});

t.test('nobody sees what is entered before the task has ended', async (t) => {
  const { reported, enter, events, rows, found, shown } = await manyFixture(t);
  const event = await reported(results(501));
  const first = (await enter(event)) ?? [];
  t.match([await rows(), await found()], [501, 0]);
  await publishRun(event, first, events, {});
  t.match([await rows(), await found()], [501, 501]);
  t.equal((await shown()).resultCount, 501);
});

t.test('an account that goes takes along what is being entered', async (t) => {
  const { reported, enter, events, rows, storage, store, db } = await manyFixture(t);
  const event = await reported([...results(501), await storedResult(storage)]);
  await enter(event);
  const { ownerId } = await db.prisma.task.findFirstOrThrow();
  await removeAccount(fromBytes(ownerId), events);
  t.equal(await rows(), 0);
  await applyCompleted(event, events, {});
  t.equal(await rows(), 0);
  t.strictSame(await store.filesIn('results'), []);
  t.strictSame(await store.filesIn('manifests'), []);
});
