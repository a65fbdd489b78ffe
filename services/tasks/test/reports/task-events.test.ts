import { newId } from '@comprimemelo/prisma/client/identifiers';
import t from 'tap';
import { applyCompleted } from '../../src/reports/apply-completed.js';
import { applyFailed } from '../../src/reports/apply-failed.js';
import { applyProgress } from '../../src/reports/apply-progress.js';
import { applyStarted } from '../../src/reports/apply-started.js';
import { completed, storedResult } from '../fixtures/events.js';
import { tasksFixture } from '../fixtures/tasks-fixture.js';

const error = { type: '/problems/archive-corrupt', title: 'Broken' };

t.test('from uploaded to processed', async (t) => {
  const { created, db, events, request, storage, announced } = await tasksFixture(t);
  const { id } = await created();
  const get = async () => (await request('GET', `/api/tasks/${id}`)).json();

  await applyStarted({ taskId: id, attempt: 1 }, events);
  const started = await get();
  t.match(started, { status: 'processing', progress: 0 });
  t.type(started.startedAt, 'string');

  await applyProgress({ taskId: id, attempt: 1, progress: 40 }, events);
  await applyProgress({ taskId: id, attempt: 1, progress: 30 }, events);
  t.equal((await get()).progress, 40, 'progress never falls');

  const result = await storedResult(storage);
  await applyCompleted(completed(id, [result]), events, { 'x-request-id': 'r1' });
  const processed = await get();
  t.match(processed, {
    status: 'processed',
    available: true,
    progress: 100,
    resultCount: 1,
    error: null,
    results: [{ id: result.id, name: 'a.zip', size: 6, sha256: result.sha256 }],
  });
  t.match(announced.at(-1), { taskId: id, status: 'processed', progress: 100 });

  const message = await db.prisma.outboxMessage.findFirstOrThrow({
    where: { routingKey: 'task.processed' },
  });
  t.match(JSON.parse(message.headers), { 'x-request-id': 'r1' });
  t.match(JSON.parse(message.body), {
    type: 'task.processed',
    taskId: id,
    files: ['a.txt'],
    resultCount: 1,
    recipient: { name: 'Ada', email: 'ada@example.com' },
  });

  const redirect = await request('GET', `/api/tasks/${id}/result`);
  t.equal(redirect.statusCode, 303);
  t.equal(redirect.headers.location, `/api/files/${result.id}/content`);
});

t.test('a result keeps the bytes of its path where they are not UTF-8', async (t) => {
  const { created, db, events, request, storage } = await tasksFixture(t);
  const { id } = await created({ operation: 'decompress' }, [['a.zip', 'zip']]);
  const rawPath = Buffer.from([0xa4, 0x2e, 0x74, 0x78, 0x74]);
  const foreign = {
    ...(await storedResult(storage, 'foreign', 'ñ.txt')),
    rawPath: rawPath.toString('base64'),
  };
  const usual = await storedResult(storage, 'usual');
  await applyCompleted(completed(id, [foreign, usual]), events, {});
  const [first, second] = (await request('GET', `/api/tasks/${id}`)).json().results;
  t.match(first, { id: foreign.id, path: 'ñ.txt', rawPath: 'pC50eHQ=' });
  t.notOk('rawPath' in second, 'left out where the path is all of it');
  const rows = await db.prisma.file.findMany({ where: { kind: 'result' }, orderBy: { id: 'asc' } });
  t.strictSame(
    rows.map((row) => row.rawPath && Buffer.from(row.rawPath)),
    [rawPath, null],
  );
});

t.test('the first end wins, and the blob of a loser is deleted', async (t) => {
  const { created, db, events, request, storage, store } = await tasksFixture(t);
  const { id } = await created();
  const winner = await storedResult(storage);
  const loser = await storedResult(storage, 'another run');
  await applyCompleted(completed(id, [winner]), events, {});
  await applyCompleted(completed(id, [loser]), events, {});
  await applyFailed({ taskId: id, attempt: 1, error }, events, {});
  await applyCompleted(completed(id, [winner]), events, {});
  await applyStarted({ taskId: id, attempt: 1 }, events);
  const task = (await request('GET', `/api/tasks/${id}`)).json();
  t.match(task, { status: 'processed', results: [{ id: winner.id }], resultCount: 1 });
  t.strictSame(await store.filesIn('results'), [winner.id], 'the winner said twice keeps its blob');
  t.equal(await db.prisma.file.count({ where: { kind: 'result' } }), 1);
  t.equal(await db.prisma.outboxMessage.count({ where: { exchange: 'notifications' } }), 1);
});

t.test('two ends at once leave one', async (t) => {
  const { created, db, events, storage, store } = await tasksFixture(t);
  const { id } = await created();
  const results = await Promise.all([1, 2, 3, 4].map((n) => storedResult(storage, `run ${n}`)));
  await Promise.all([
    ...results.map((result) => applyCompleted(completed(id, [result]), events, {})),
    applyFailed({ taskId: id, attempt: 1, error }, events, {}),
  ]);
  const task = await db.prisma.task.findFirstOrThrow();
  const published = await db.prisma.file.count({ where: { kind: 'result' } });
  t.equal(published, task.status === 'processed' ? 1 : 0);
  t.equal((await store.filesIn('results')).length, published);
  t.equal(await db.prisma.outboxMessage.count({ where: { exchange: 'notifications' } }), 1);
});

t.test('an event of another attempt, or of no task, changes nothing', async (t) => {
  const { created, events, request, storage, store } = await tasksFixture(t);
  const { id } = await created();
  await applyCompleted(completed(id, [await storedResult(storage)], { attempt: 2 }), events, {});
  await applyFailed({ taskId: newId(), attempt: 1, error }, events, {});
  await applyCompleted(completed(newId(), [await storedResult(storage)]), events, {});
  t.match((await request('GET', `/api/tasks/${id}`)).json(), { status: 'uploaded' });
  t.strictSame(await store.filesIn('results'), []);
});

t.test('a failed task shows its problem', async (t) => {
  const { created, events, request, db } = await tasksFixture(t);
  const { id } = await created();
  await applyFailed({ taskId: id, attempt: 1, error }, events, {});
  const task = (await request('GET', `/api/tasks/${id}`)).json();
  t.match(task, { status: 'failed', available: false, error });
  t.type(task.finishedAt, 'string');
  const result = await request('GET', `/api/tasks/${id}/result`);
  t.equal(result.statusCode, 409);
  t.equal(result.json().type, '/problems/not-processed');
  t.equal(await db.prisma.outboxMessage.count({ where: { routingKey: 'task.failed' } }), 1);
});
