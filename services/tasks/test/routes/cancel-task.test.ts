import { newId } from '@comprimemelo/prisma/client/identifiers';
import t from 'tap';
import { applyCompleted } from '../../src/reports/apply-completed.js';
import { applyProgress } from '../../src/reports/apply-progress.js';
import { applyStarted } from '../../src/reports/apply-started.js';
import { completed, storedResult } from '../fixtures/events.js';
import { rerunFixture } from '../fixtures/rerun-fixture.js';

t.test('a task that has not ended is cancelled, and its worker told', async (t) => {
  const { created, post, row, events, cancels, announced, db } = await rerunFixture(t);
  const task = await created({ format: 'zip', password: 'secret' });
  const attempt = { taskId: task.id, attempt: 1 };
  await applyStarted(attempt, events);
  await applyProgress({ ...attempt, progress: 40 }, events);
  const response = await post(task, 'cancel');
  t.equal(response.statusCode, 200);
  t.match(response.json(), { status: 'cancelled', progress: 40, available: false, error: null });
  t.type(response.json().finishedAt, 'string');
  t.strictSame(cancels(), [attempt]);
  t.match(announced.at(-1), { taskId: task.id, status: 'cancelled' });
  t.match(await row(task), { sealedPassword: null });
  const mails = { where: { exchange: 'notifications' } };
  t.equal(await db.prisma.outboxMessage.count(mails), 0, 'no e-mail');
});

t.test('what a worker tells of a cancelled task ends its work and changes nothing', async (t) => {
  const { created, post, row, events, cancels, storage, store } = await rerunFixture(t);
  const task = await created();
  const attempt = { taskId: task.id, attempt: 1 };
  await post(task, 'cancel');
  await applyStarted(attempt, events);
  await applyProgress({ ...attempt, progress: 40 }, events);
  t.strictSame(cancels(), [attempt, attempt, attempt], 'told again with each event');
  await applyCompleted(completed(task.id, [await storedResult(storage)]), events, {});
  t.match(await row(task), { status: 'cancelled', progress: 0, resultCount: 0 });
  t.strictSame(await store.filesIn('results'), []);
});

t.test('what has ended is not cancelled', async (t) => {
  const { created, post, process, row } = await rerunFixture(t);
  const task = await created();
  t.equal((await post(task, 'cancel', undefined, newId())).statusCode, 404, "another's task");
  await process(task);
  const refused = await post(task, 'cancel');
  t.equal(refused.statusCode, 409);
  t.equal(refused.json().type, '/problems/task-ended');
  t.match(await row(task), { status: 'processed' });
  const twice = await created();
  const codes = await Promise.all([post(twice, 'cancel'), post(twice, 'cancel')]);
  t.strictSame(codes.map(({ statusCode }) => statusCode).sort(), [200, 409]);
});
