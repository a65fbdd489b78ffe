import { newId } from '@comprimemelo/prisma/client/identifiers';
import { unseal } from '@comprimemelo/service/identity/sealed-box';
import t from 'tap';
import { applyCompleted } from '../../src/reports/apply-completed.js';
import { applyStarted } from '../../src/reports/apply-started.js';
import { completed, storedResult } from '../fixtures/events.js';
import { rerunFixture } from '../fixtures/rerun-fixture.js';
import { secretsKey } from '../fixtures/tasks-fixture.js';

t.test('a processed task runs again in another format; its results go', async (t) => {
  const { created, process, patch, lastJob, db, store, cancels, announced } = await rerunFixture(t);
  const task = await created();
  await process(task);
  const response = await patch(task, { format: 'tgz', options: { level: 'best' } });
  t.equal(response.statusCode, 202);
  t.equal(response.headers.location, `/api/tasks/${task.id}`);
  t.equal(response.headers['retry-after'], '1');
  t.match(response.json(), {
    id: task.id,
    status: 'uploaded',
    available: false,
    progress: 0,
    attempts: 2,
    operation: 'compress',
    format: 'tar.gz',
    options: { level: 'best' },
    error: null,
    results: [],
    resultCount: 0,
    report: [],
    startedAt: null,
    finishedAt: null,
    files: task.files,
    createdAt: task.createdAt,
  });
  t.match((await lastJob()).job, {
    taskId: task.id,
    attempt: 2,
    format: 'tar.gz',
    resultName: 'a.tar.gz',
    inputs: [{ name: 'a.txt', size: 3 }],
  });
  t.equal(await db.prisma.file.count({ where: { kind: 'result' } }), 0);
  t.strictSame(await store.filesIn('results'), []);
  t.strictSame(cancels(), [], 'nobody works on it');
  t.match(announced.at(-1), { taskId: task.id, status: 'uploaded' });
});

t.test('a queued task is changed, and the former attempt changes nothing', async (t) => {
  const { created, patch, request, cancels, events, storage, store } = await rerunFixture(t);
  const task = await created();
  t.equal((await patch(task, { format: '7z' })).statusCode, 202);
  t.strictSame(cancels(), [{ taskId: task.id, attempt: 1 }]);
  await applyStarted({ taskId: task.id, attempt: 1 }, events);
  await applyCompleted(completed(task.id, [await storedResult(storage)]), events, {});
  const now = (await request('GET', `/api/tasks/${task.id}`)).json();
  t.match(now, { status: 'uploaded', attempts: 2, results: [] });
  t.strictSame(await store.filesIn('results'), []);
});

t.test('what cannot be changed is told by its problem, and stays as it was', async (t) => {
  const { created, process, patch, request, events, row } = await rerunFixture(t);
  const task = await created();
  await process(task);
  const refused: [object, number, string][] = [
    [{}, 400, 'invalid-request'],
    [{ format: 'rar' }, 422, 'unsupported-format'],
    [{ format: 'tar', options: { level: 'best' } }, 422, 'unsupported-option'],
    [{ operation: 'squeeze' }, 400, 'invalid-request'],
    [{ options: { name: '../x' } }, 422, 'unusable-name'],
    [{ options: { password: 'a\nb' } }, 400, 'invalid-request'],
    [{ options: { password: '' } }, 400, 'invalid-request'],
  ];
  for (const [body, status, problem] of refused) {
    const response = await patch(task, body);
    t.equal(response.statusCode, status, JSON.stringify(body));
    t.equal(response.json().type, `/problems/${problem}`);
  }
  t.equal((await patch(task, { format: '7z' }, newId())).statusCode, 404, "another's task");
  const nothing = await request('PATCH', `/api/tasks/${task.id}`);
  t.equal(nothing.statusCode, 400);
  t.match(await row(task), { status: 'processed', attempt: 1, resultCount: 1 });

  const busy = await created();
  await applyStarted({ taskId: busy.id, attempt: 1 }, events);
  t.equal((await patch(busy, { format: '7z' })).json().type, '/problems/task-busy');
});

t.test('without its inputs a task cannot run again', async (t) => {
  const { created, request, process, patch, db } = await rerunFixture(t);
  const first = await created();
  const payload = { files: [first.files[0]?.id], format: '7z' };
  const second = (await request('POST', '/api/tasks', { payload })).json();
  await process(first);
  await process(second);
  t.equal((await request('DELETE', `/api/tasks/${first.id}`)).statusCode, 204);
  const response = await patch(second, { format: 'zip' });
  t.equal(response.statusCode, 409);
  t.equal(response.json().type, '/problems/input-deleted');
  t.equal(await db.prisma.file.count(), 1, 'what it had made is still there');
});

t.test('a result that another task reads is not removed', async (t) => {
  const { created, request, process, patch } = await rerunFixture(t);
  const first = await created();
  const { id } = await process(first);
  const payload = { files: [id], operation: 'decompress' };
  const reader = (await request('POST', '/api/tasks', { payload })).json();
  t.equal((await patch(first, { format: '7z' })).json().type, '/problems/file-in-use');
  await process(reader);
  t.equal((await patch(first, { format: '7z' })).statusCode, 202);
});

t.test('a password is asked for again, and kept while the task is queued', async (t) => {
  const { created, process, patch, row, lastJob } = await rerunFixture(t);
  const task = await created({ format: 'zip', password: 'secret' });
  const changed = await patch(task, { options: { level: 'fast' } });
  t.equal(changed.statusCode, 202, 'it is still there');
  const { job, secret } = await lastJob();
  t.equal(unseal(Buffer.from(job.sealedPassword, 'base64url'), secretsKey), 'secret');
  t.equal(secret, true);
  const other = await created({ format: 'zip', password: 'secret' });
  await process(other);
  t.match(await row(other), { sealedPassword: null, hasPassword: true });
  t.equal((await patch(other, { format: '7z' })).json().type, '/problems/password-required');
  const again = await patch(other, { format: '7z', options: { password: 'new' } });
  t.equal(again.statusCode, 202);
  const { sealedPassword } = await row(other);
  t.equal(unseal(sealedPassword ?? new Uint8Array(), secretsKey), 'new');
  t.equal((await patch(other, { options: { password: null } })).statusCode, 202);
  t.match(await row(other), { sealedPassword: null, hasPassword: false, attempt: 3 });
  t.notOk('sealedPassword' in (await lastJob()).job);
});

t.test('two changes at once are two attempts', async (t) => {
  const { created, process, patch, row, db } = await rerunFixture(t);
  const task = await created();
  await process(task);
  const answers = await Promise.all([patch(task, { format: '7z' }), patch(task, { format: 'xz' })]);
  t.strictSame(answers.map((answer) => answer.json().attempts).sort(), [2, 3]);
  t.equal((await row(task)).attempt, 3);
  t.equal(await db.prisma.outboxMessage.count({ where: { exchange: 'conversions' } }), 3);
});
