import { setTimeout as pause } from 'node:timers/promises';
import { limits } from '@comprimemelo/contracts/limits';
import type { Task, TaskState } from '@comprimemelo/contracts/task';
import type { Database } from '@comprimemelo/prisma/client/client';
import { newId, toBytes } from '@comprimemelo/prisma/client/identifiers';
import { getTaskStates } from '@comprimemelo/prisma/lists/task-state';
import type { EventReader } from '@comprimemelo/testing/event-reader';
import t from 'tap';
import { forgetResult } from '../../src/removals/forget-result.js';
import { applyCompleted } from '../../src/reports/apply-completed.js';
import { applyFailed } from '../../src/reports/apply-failed.js';
import { applyProgress } from '../../src/reports/apply-progress.js';
import { applyStarted } from '../../src/reports/apply-started.js';
import { completed, storedResult } from '../fixtures/events.js';
import { seeded, watchFixture } from '../fixtures/watch-fixture.js';

const error = { type: '/problems/archive-corrupt', title: 'Broken' };
const hour = 3_600_000;

/** What a reader was told of one task, in order. */
const told = ({ events }: EventReader, id: string) =>
  events
    .map(({ event, data }) => ({ event, state: JSON.parse(data) as TaskState }))
    .filter(({ state }) => state.id === id)
    .map(({ event, state }) => (event === 'task' ? `${state.status} ${state.progress}` : event));

/** As if it had been touched so long ago, in milliseconds. */
const age = ({ prisma }: Database, { id }: { id: string }, milliseconds: number) =>
  prisma.task.update({
    where: { id: toBytes(id) },
    data: { touchedAt: new Date(Date.now() - milliseconds) },
  });

t.test('at first tells what has not ended or has just changed, then every change', async (t) => {
  const { created, db, events, openAll, request, storage, listeners } = await watchFixture(t);
  const [waiting, justFailed, longFailed] = [await created(), await created(), await created()];
  for (const { id: taskId } of [justFailed, longFailed]) {
    await applyFailed({ taskId, attempt: 1, error }, events, {});
  }
  await age(db, waiting, hour);
  await age(db, longFailed, hour);

  const reader = await openAll();
  const [ready] = reader.events.filter(({ event }) => event === 'ready');
  t.equal(reader.events.at(-1), ready, 'ready follows them');
  t.equal(JSON.parse(ready?.data ?? '').at, new Date(Number(ready?.id)).toISOString());
  t.strictSame(
    [waiting, justFailed, longFailed].map(({ id }) => told(reader, id)),
    [['uploaded 0'], ['failed 0'], []],
  );
  t.ok(reader.events.slice(0, -1).every(({ id }) => id === undefined));

  const sees = (task: Task, state: string) =>
    reader.until(() => told(reader, task.id).at(-1) === state);
  const added = await created();
  await sees(added, 'uploaded 0');
  await applyStarted({ taskId: added.id, attempt: 1 }, events);
  await sees(added, 'processing 0');
  const result = await storedResult(storage);
  await applyCompleted(completed(added.id, [result]), events, {});
  await sees(added, 'processed 100');
  await db.prisma.file.delete({ where: { id: toBytes(result.id) } });
  await forgetResult({ taskId: added.id, fileId: result.id }, events);
  await reader.until(() => told(reader, added.id).length === 4);
  t.match(reader.data.at(-1), { id: added.id, available: false, resultCount: 0 });
  await request('DELETE', `/api/tasks/${added.id}`);
  await sees(added, 'deleted');

  reader.close();
  await reader.ended;
  while (listeners() > 0) await pause(5);
});

t.test('nobody is told of the tasks of others', async (t) => {
  const { created, db, events, openAll, userId } = await watchFixture(t);
  const stranger = newId();
  const person = { username: 'eve', email: 'eve@example.com', passwordHash: '' };
  const data = { id: toBytes(stranger), ...person, createdAt: new Date() };
  await db.prisma.user.create({ data });
  const reader = await openAll({ by: stranger });
  const own = await openAll({ by: userId });
  const { id } = await created();
  await own.until(() => told(own, id).length > 0);
  await applyProgress({ taskId: id, attempt: 1, progress: 5 }, events);
  await own.until(() => told(own, id).length > 1);
  t.strictSame(
    reader.events.map(({ event }) => event),
    ['ready'],
  );
});

t.test('who comes back, at another instance, is told what has changed since', async (t) => {
  const { created, db, events, openAll, another } = await watchFixture(t);
  const [old, changed] = [await created(), await created()];
  const first = await openAll();
  const headers = { 'last-event-id': first.lastId ?? '' };
  first.close();
  await applyFailed({ taskId: changed.id, attempt: 1, error }, events, {});
  const added = await created();
  await age(db, old, hour);
  const back = await openAll({ at: await another(), headers });
  t.strictSame(
    [old, changed, added].map(({ id }) => told(back, id)),
    [[], ['failed 0'], ['uploaded 0']],
  );

  const hourAgo = { 'last-event-id': String(Date.now() - hour) };
  await age(db, old, 2 * hour);
  await age(db, changed, hour / 2);
  const late = await openAll({ headers: hourAgo });
  t.strictSame(
    [old, changed].map(({ id }) => told(late, id)),
    [[], ['failed 0']],
    'however long ago',
  );
  const ever = await openAll({ headers: { 'last-event-id': '0' } });
  t.strictSame(
    [old, changed].map(({ id }) => told(ever, id)),
    [['uploaded 0'], ['failed 0']],
  );
});

t.test('an id from the future hides nothing', async (t) => {
  const { created, openAll } = await watchFixture(t);
  const ahead = { 'last-event-id': String(Date.now() + hour) };
  const early = await openAll({ headers: ahead });
  const late = await created();
  await early.until(() => told(early, late.id).length > 0);
});

t.test('a Last-Event-ID that no stream gave is refused', async (t) => {
  const { open, db } = await watchFixture(t);
  for (const id of ['1-processing-40-0', '-1', '1e9', '9'.repeat(16), "' OR 1=1"]) {
    const reader = await open('/api/tasks/events', { headers: { 'last-event-id': id } });
    t.equal(reader.response.status, 400, id);
    t.match(await reader.response.json(), { type: '/problems/invalid-request' });
  }
  await db.prisma.user.deleteMany();
  t.equal((await open('/api/tasks/events')).response.status, 401, 'nor an account that is gone');
});

t.test('more changes than are told one by one: the reader is to list', async (t) => {
  const { created, db, openAll } = await watchFixture(t);
  const { id } = await created();
  const row = await db.prisma.task.findUniqueOrThrow({ where: { id: toBytes(id) } });
  const many = Array.from({ length: limits.streamedChanges }, () => ({
    ...row,
    id: toBytes(newId()),
  }));
  await db.prisma.task.createMany({ data: many });
  const reader = await openAll();
  t.strictSame(
    reader.events.map(({ event }) => event),
    ['resync'],
  );
  const added = await created();
  await reader.until(() => told(reader, added.id).length > 0);
  t.equal(reader.events.at(-1)?.id, reader.events[0]?.id, 'and it goes on from there');
});

const isReady = ({ events }: EventReader) => events.some(({ event }) => event === 'ready');

t.test('cut at any moment, between two instances: no change is missed', async (t) => {
  const { created, db, events, open, origin, another, userId } = await watchFixture(t);
  const origins = [origin, await another()];
  const random = seeded(20_260_102);
  const started = [await created(), await created()];
  const told = new Map<string, TaskState[]>();
  let last: string | undefined;
  let cuts = 0;
  let working = true;
  const readOnce = async (enough: (reader: EventReader) => Promise<unknown>) => {
    const headers: Record<string, string> = last ? { 'last-event-id': last } : {};
    const at = origins[Math.floor(random() * 2)] ?? origin;
    const reader = await open('/api/tasks/events', { at, headers });
    await enough(reader);
    reader.close();
    await reader.ended;
    last = reader.lastId ?? last;
    for (const { event, data } of reader.events) {
      if (event !== 'task') continue;
      const state = JSON.parse(data) as TaskState;
      told.set(state.id, [...(told.get(state.id) ?? []), state]);
    }
  };
  const watch = async () => {
    for (; working; cuts += 1) {
      await readOnce((reader) => Promise.race([reader.ended, pause(random() * 250)]));
    }
    await readOnce((reader) => reader.until(() => isReady(reader)));
  };
  const work = async () => {
    for (let round = 0; round < 40; round += 1) {
      if (round % 4 === 0) started.push(await created());
      const { id = '' } = started[Math.floor(random() * started.length)] ?? {};
      const progress = Math.min(99, round * 2 + 1);
      await applyProgress({ taskId: id, attempt: 1, progress }, events);
      await pause(random() * 60);
      // However quick this is, it is cut on its way.
      while (cuts < round / 6) await pause(5);
      if (random() > 0.7) await applyFailed({ taskId: id, attempt: 1, error }, events, {});
    }
    working = false;
  };
  await Promise.all([watch(), work()]);
  t.ok(cuts > 5, `${cuts} times cut`);
  t.ok(started.length > 10);
  for (const { id } of started) {
    const states = told.get(id) ?? [];
    const percents = states.map(({ progress }) => progress);
    t.strictSame(
      percents,
      [...percents].sort((a, b) => a - b),
      'percent never falls',
    );
    const [now] = await getTaskStates(db.pool, userId, [id]);
    t.strictSame(states.at(-1), now, 'the last that was told is how it is');
  }
});
