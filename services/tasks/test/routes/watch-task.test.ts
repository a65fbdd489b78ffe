import { setTimeout as pause } from 'node:timers/promises';
import type { TaskState } from '@comprimemelo/contracts/task';
import { newId } from '@comprimemelo/prisma/client/identifiers';
import { EventReader } from '@comprimemelo/testing/event-reader';
import t from 'tap';
import { applyCompleted } from '../../src/reports/apply-completed.js';
import { applyFailed } from '../../src/reports/apply-failed.js';
import { applyProgress } from '../../src/reports/apply-progress.js';
import { applyStarted } from '../../src/reports/apply-started.js';
import { completed, storedResult } from '../fixtures/events.js';
import { tasksFixture } from '../fixtures/tasks-fixture.js';
import { seeded, watchFixture } from '../fixtures/watch-fixture.js';

const error = { type: '/problems/archive-corrupt', title: 'Broken' };
const states = (data: unknown[]) =>
  (data as TaskState[]).map(({ status, progress }) => `${status} ${progress}`);

t.test('tells each state in order, and ends with the task', async (t) => {
  const { created, events, open, storage, listeners } = await watchFixture(t);
  const { id } = await created();
  const reader = await open(`/api/tasks/${id}/events`);
  t.equal(reader.response.status, 200);
  t.match(Object.fromEntries(reader.response.headers), {
    'content-type': /^text\/event-stream/,
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  const told = (count: number) => reader.until(() => reader.events.length >= count);
  await told(1);
  await applyStarted({ taskId: id, attempt: 1 }, events);
  await told(2);
  await applyProgress({ taskId: id, attempt: 1, progress: 40 }, events);
  await told(3);
  await applyProgress({ taskId: id, attempt: 1, progress: 30 }, events);
  await applyProgress({ taskId: id, attempt: 1, progress: 70 }, events);
  await told(4);
  const result = await storedResult(storage);
  await applyCompleted(completed(id, [result]), events, {});
  t.equal(await reader.ended, 'in order');
  t.strictSame(states(reader.data), [
    'uploaded 0',
    'processing 0',
    'processing 40',
    'processing 70',
    'processed 100',
  ]);
  t.match(reader.data.at(-1), { id, available: true, resultCount: 1, attempts: 1, error: null });
  t.ok(reader.events.every(({ event }) => event === 'task'));
  t.equal(new Set(reader.events.map((event) => event.id)).size, 5);
  t.ok(reader.retry >= 1_000 && reader.retry <= 3_000, `${reader.retry} ms`);
  t.equal(listeners(), 0);
});

t.test('who comes back with an id is told what is otherwise, and nothing twice', async (t) => {
  const { created, events, open } = await watchFixture(t);
  const { id } = await created();
  const path = `/api/tasks/${id}/events`;
  const first = await open(path);
  await first.until(() => first.lastId);
  const headers = { 'last-event-id': first.lastId ?? '' };
  const same = await open(path, { headers });
  await same.until(() => same.retry);
  await applyStarted({ taskId: id, attempt: 1 }, events);
  await same.until(() => same.events.length > 0);
  t.strictSame(states(same.data), ['processing 0'], 'not the state that it had');
  await applyFailed({ taskId: id, attempt: 1, error }, events, {});
  await same.ended;
  t.match(same.data.at(-1), { status: 'failed', error, available: false });

  const late = await open(path, { headers });
  t.equal(await late.ended, 'in order');
  t.strictSame(states(late.data), ['failed 0'], 'the end alone');
  const again = await open(path, { headers: { 'last-event-id': late.lastId ?? '' } });
  t.equal(again.response.status, 204, 'who has the end need not come back');
  t.equal(await again.response.text(), '');
});

t.test('while the worker lives, the same percent is told again', async (t) => {
  const { created, events, open } = await watchFixture(t);
  const { id } = await created();
  const reader = await open(`/api/tasks/${id}/events`);
  await reader.until(() => reader.events.length === 1);
  const progress = { taskId: id, attempt: 1, progress: 7 };
  await applyProgress(progress, events);
  await reader.until(() => reader.events.length === 2);
  await pause(950);
  await applyProgress(progress, events);
  await reader.until(() => reader.events.length === 3);
  t.strictSame(states(reader.data), ['uploaded 0', 'uploaded 7', 'uploaded 7']);
});

t.test('where no change can be heard of, it looks by itself', async (t) => {
  const { app, created, events, tokens, userId } = await tasksFixture(t);
  const { id } = await created();
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  const path = `${origin}/api/tasks/${id}/events`;
  const reader = await EventReader.open(path, tokens.headersOf(userId));
  await reader.until(() => reader.events.length > 0);
  await applyProgress({ taskId: id, attempt: 1, progress: 7 }, events);
  await reader.until(() => reader.events.length > 1);
  await applyFailed({ taskId: id, attempt: 1, error }, events, {});
  await reader.ended;
  t.strictSame(states(reader.data), ['uploaded 0', 'uploaded 7', 'failed 7']);
});

t.test('a deleted task ends it, a cancelled one too', async (t) => {
  const { created, open, request } = await watchFixture(t);
  const [gone, cancelled] = [await created(), await created()];
  const readers = await Promise.all(
    [gone, cancelled].map(({ id }) => open(`/api/tasks/${id}/events`)),
  );
  for (const reader of readers) await reader.until(() => reader.events.length > 0);
  await request('DELETE', `/api/tasks/${gone.id}`);
  await request('POST', `/api/tasks/${cancelled.id}/cancel`);
  t.strictSame(await Promise.all(readers.map(({ ended }) => ended)), ['in order', 'in order']);
  t.match(readers[0]?.events.at(-1), { event: 'deleted', data: JSON.stringify({ id: gone.id }) });
  t.match(readers[1]?.data.at(-1), { status: 'cancelled' });
});

t.test('only its owner watches a task; HEAD gets headers', async (t) => {
  const { created, open, origin, tokens, userId, listeners } = await watchFixture(t);
  const { id } = await created();
  const path = `/api/tasks/${id}/events`;
  const foreign = await open(path, { by: newId() });
  t.equal(foreign.response.status, 404);
  t.match(foreign.response.headers.get('content-type'), 'application/problem+json');
  t.equal((await open('/api/tasks/no-id/events')).response.status, 400);
  t.equal((await fetch(`${origin}${path}`)).status, 401);
  const head = await fetch(`${origin}${path}`, {
    method: 'HEAD',
    headers: tokens.headersOf(userId),
  });
  t.equal(head.status, 200);
  t.match(head.headers.get('content-type'), 'text/event-stream');
  t.equal(head.headers.get('content-length'), null);
  t.equal(listeners(), 0, 'none of them listens');
});

t.test('cut at any moment: percent never falls, and the end is told once', async (t) => {
  const { created, events, open, storage } = await watchFixture(t);
  const { id } = await created();
  const random = seeded(20_260_101);
  let cuts = 0;
  const work = async () => {
    for (let progress = 1; progress < 100; progress += 1) {
      await applyProgress({ taskId: id, attempt: 1, progress }, events);
      await pause(random() * 20);
      // However quick this is, it is cut on its way.
      while (cuts < progress / 15) await pause(5);
    }
    await applyCompleted(completed(id, [await storedResult(storage)]), events, {});
  };
  const told: TaskState[] = [];
  const ids: string[] = [];
  const watch = async () => {
    for (; ; cuts += 1) {
      const last = ids.at(-1);
      const headers: Record<string, string> = last ? { 'last-event-id': last } : {};
      const reader = await open(`/api/tasks/${id}/events`, { headers });
      if (reader.response.status === 204) return;
      await Promise.race([reader.ended, pause(random() * 120)]);
      reader.close();
      await reader.ended;
      told.push(...(reader.data as TaskState[]));
      ids.push(...reader.events.map((event) => event.id ?? ''));
    }
  };
  await Promise.all([watch(), work()]);
  t.ok(cuts > 5, `${cuts} times cut`);
  const percents = told.map(({ progress }) => progress);
  t.strictSame(
    percents,
    [...percents].sort((a, b) => a - b),
  );
  t.equal(told.filter(({ status }) => status === 'processed').length, 1);
});
