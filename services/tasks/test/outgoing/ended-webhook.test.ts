import { newId, toBytes } from '@comprimemelo/prisma/client/identifiers';
import t from 'tap';
import { applyCompleted } from '../../src/reports/apply-completed.js';
import { applyFailed } from '../../src/reports/apply-failed.js';
import { completed, storedResult } from '../fixtures/events.js';
import { rerunFixture } from '../fixtures/rerun-fixture.js';

type Fixture = Awaited<ReturnType<typeof rerunFixture>>;

async function registered({ db, userId }: Fixture, { enabled = true, by = userId } = {}) {
  await db.prisma.webhook.create({
    data: {
      id: toBytes(newId()),
      ownerId: toBytes(by),
      url: 'https://hooks.example/',
      events: '[]',
      enabled,
      sealedSecret: Buffer.alloc(1),
      createdAt: new Date(),
    },
  });
}

/** The events that wait to be published. */
async function told({ db }: Fixture) {
  const where = { exchange: 'webhook-events' };
  const rows = await db.prisma.outboxMessage.findMany({ where, orderBy: { id: 'asc' } });
  return rows.map((row) => ({ ...row, body: JSON.parse(row.body) }));
}

t.test('each end of a task is told, with what has come of it', async (t) => {
  const fixture = await rerunFixture(t);
  const { created, process, fail, post, userId, request } = fixture;
  await registered(fixture);
  const [done, broken, unwanted] = [await created(), await created(), await created()];
  await process(done);
  await fail(broken);
  await post(unwanted, 'cancel');
  const events = await told(fixture);
  const types = ['task.processed', 'task.failed', 'task.cancelled'];
  t.same(
    events.map(({ routingKey }) => routingKey),
    types,
  );
  t.same(
    events.map(({ body }) => [body.payload.type, body.payload.data.id]),
    [
      [types[0], done.id],
      [types[1], broken.id],
      [types[2], unwanted.id],
    ],
  );
  const [first, second] = events;
  const task = (await request('GET', `/api/tasks/${done.id}`)).json();
  const { id, operation, status, format, resultCount, attempts, error, ...times } = task;
  const { createdAt, startedAt, finishedAt } = times;
  t.same(first?.body, {
    eventId: first?.body.eventId,
    ownerId: userId,
    payload: {
      type: 'task.processed',
      timestamp: finishedAt,
      data: {
        id,
        operation,
        status,
        format,
        resultCount,
        attempts,
        error,
        createdAt,
        startedAt,
        finishedAt,
      },
    },
  });
  t.match(second?.body.payload.data, { status: 'failed', error: { title: 'Broken' } });
  t.equal(new Set(events.map(({ body }) => body.eventId)).size, 3);
  t.match(JSON.parse(events[2]?.headers ?? ''), { 'x-request-id': /./ });
});

t.test('an end is told once, whoever reports it and how often', async (t) => {
  const fixture = await rerunFixture(t);
  const { created, events, storage, post } = fixture;
  await registered(fixture);
  await registered(fixture);
  const { id, ...task } = await created();
  const error = { type: '/problems/archive-corrupt', title: 'Broken' };
  const result = await storedResult(storage);
  await Promise.all([
    applyCompleted(completed(id, [result]), events, {}),
    applyCompleted(completed(id, [await storedResult(storage, 'other')]), events, {}),
    applyFailed({ taskId: id, attempt: 1, error }, events, {}),
    post({ id, ...task }, 'cancel'),
  ]);
  t.equal((await told(fixture)).length, 1);
});

t.test('nobody is told where nobody listens', async (t) => {
  const fixture = await rerunFixture(t);
  const { created, process, fail, post } = fixture;
  await registered(fixture, { enabled: false });
  await registered(fixture, { by: newId() });
  await process(await created());
  await fail(await created());
  await post(await created(), 'cancel');
  t.same(await told(fixture), []);
});

t.test('of a task that nobody asked for, nobody is told', async (t) => {
  const fixture = await rerunFixture(t);
  const { created, process, fail, post, db } = fixture;
  await registered(fixture);
  const tasks = [await created(), await created(), await created()] as const;
  await db.prisma.task.updateMany({ data: { quiet: true } });
  await process(tasks[0]);
  await fail(tasks[1]);
  await post(tasks[2], 'cancel');
  t.same(await told(fixture), []);
});

t.test('a task that runs again is told of again', async (t) => {
  const fixture = await rerunFixture(t);
  const { created, fail, post, events } = fixture;
  await registered(fixture);
  const task = await created();
  await fail(task);
  await post(task, 'retry');
  const error = { type: '/problems/archive-corrupt', title: 'Broken' };
  await applyFailed({ taskId: task.id, attempt: 2, error }, events, {});
  const attempts = (await told(fixture)).map(({ body }) => body.payload.data.attempts);
  t.same(attempts, [1, 2]);
});
