import type { ArchiveEntry, ArchiveSummary } from '@comprimemelo/contracts/archive';
import type { TaskProblem } from '@comprimemelo/contracts/problem';
import { newId } from '@comprimemelo/prisma/client/identifiers';
import t, { type Test } from 'tap';
import { applyCompleted } from '../../src/reports/apply-completed.js';
import { applyFailed } from '../../src/reports/apply-failed.js';
import { completed } from '../fixtures/events.js';
import { rerunFixture } from '../fixtures/rerun-fixture.js';

const entry = (path: string): ArchiveEntry => ({
  path,
  kind: 'file',
  size: 3,
  packedSize: 2,
  modified: '2026-01-31T12:00:00.000Z',
  encrypted: false,
  danger: null,
});

const summary = (entries: number): ArchiveSummary => ({
  format: 'zip',
  entries,
  size: 3 * entries,
  packedSize: 100,
  ratio: 1,
  encrypted: false,
  passwordRequired: false,
  dangers: [],
  refused: null,
});

const ndjson = (entries: ArchiveEntry[]) =>
  entries.map((one) => `${JSON.stringify(one)}\n`).join('');

async function entriesFixture(t: Test) {
  const fixture = await rerunFixture(t);
  const { created, put, events, request } = fixture;
  const task = await created({ operation: 'inspect' }, [['a.zip', 'zip']]);
  const fileId = task.files[0]?.id ?? '';
  /** Ends a task with an inspection of its input. */
  const inspect = async (taskId: string, entries: ArchiveEntry[], count = entries.length) => {
    const blobKey = await put('inspections', ndjson(entries));
    const inspections = [{ input: 0, blobKey, summary: summary(count) }];
    await applyCompleted(completed(taskId, [], { inspections }), events, {});
    return blobKey;
  };
  return {
    ...fixture,
    task,
    fileId,
    inspect,
    list: (query = '', options = {}) =>
      request('GET', `/api/files/${fileId}/entries${query}`, options),
  };
}

t.test('the entries come in pages, each once and in order', async (t) => {
  const { task, inspect, list, request } = await entriesFixture(t);
  const entries = Array.from({ length: 250 }, (_, n) => entry(`${n}/é\u2028"${'x'.repeat(n * 7)}`));
  await inspect(task.id, entries);
  t.match((await request('GET', `/api/tasks/${task.id}`)).json(), {
    status: 'processed',
    available: false,
    results: [],
    resultCount: 0,
  });
  const first = await list();
  t.equal(first.statusCode, 200);
  t.strictSame(first.json().archive, summary(250));
  t.equal(first.json().items.length, 20);
  for (const limit of [1, 50, 99]) {
    const seen: ArchiveEntry[] = [];
    let url: string | undefined = `?limit=${limit}`;
    while (url !== undefined && seen.length <= 250) {
      const response = await list(url);
      seen.push(...response.json().items);
      const link = /^<.*(\?.*)>; rel="next"$/.exec(String(response.headers.link ?? ''))?.[1];
      t.equal(response.json().nextCursor === null, link === undefined);
      url = limit === 1 && seen.length === 30 ? undefined : link;
    }
    t.strictSame(seen, entries.slice(0, limit === 1 ? 30 : 250));
  }
});

t.test('a page has a validator, and an owner', async (t) => {
  const { task, inspect, list } = await entriesFixture(t);
  await inspect(task.id, [entry('a')]);
  const { headers } = await list();
  t.match(headers['cache-control'], 'private');
  const again = await list('', { headers: { 'if-none-match': String(headers.etag) } });
  t.equal(again.statusCode, 304);
  const foreign = await list('', { by: newId() });
  t.equal(foreign.statusCode, 404);
  t.equal(foreign.json().type, '/problems/file-not-found');
});

t.test('a cursor counts for the inspection that gave it, and where an entry begins', async (t) => {
  const { task, inspect, list, request, fileId } = await entriesFixture(t);
  const entries = [entry('a'), entry('b'), entry('c')];
  const key = await inspect(task.id, entries);
  const { nextCursor } = (await list('?limit=1')).json();
  t.equal((await list(`?limit=1&cursor=${nextCursor}`)).json().items[0].path, 'b');
  const forged = (text: string) => Buffer.from(text).toString('base64url');
  const name = key.split('/').at(-1);
  for (const cursor of [
    'x',
    forged(`3 ${name}`),
    forged(`999999 ${name}`),
    forged(`-1 ${name}`),
    forged(`0 ${name}`),
    forged(String(ndjson(entries).length)),
  ]) {
    const refused = await list(`?cursor=${cursor}`);
    t.equal(refused.statusCode, 400, cursor);
    t.equal(refused.json().type, '/problems/invalid-cursor');
  }
  for (const query of ['limit=0', 'limit=101', 'limit=x']) {
    t.equal((await list(`?${query}`)).statusCode, 400, query);
  }
  const payload = { files: [fileId], operation: 'inspect' };
  const second = (await request('POST', '/api/tasks', { payload })).json();
  await inspect(second.id, entries);
  const old = await list(`?limit=1&cursor=${nextCursor}`);
  t.equal(old.json().type, '/problems/invalid-cursor', 'of the inspection before');
});

t.test('an archive without entries', async (t) => {
  const { task, inspect, list } = await entriesFixture(t);
  await inspect(task.id, []);
  t.match((await list()).json(), { archive: { entries: 0 }, items: [], nextCursor: null });
});

t.test('a file that was not inspected is, once, and no e-mail tells of it', async (t) => {
  const { created, request, db, inspect } = await entriesFixture(t);
  const upload = await created();
  const url = `/api/files/${upload.files[0]?.id}/entries`;
  const answers = await Promise.all([1, 2, 3, 4].map(() => request('GET', url)));
  const ids = new Set(answers.map((answer) => answer.json().id));
  t.equal(ids.size, 1, 'one task for all who ask');
  const [answer] = answers;
  t.equal(answer?.statusCode, 202);
  t.match(answer?.json(), { operation: 'inspect', status: 'uploaded', files: upload.files });
  const { id } = answer?.json() ?? {};
  t.equal(answer?.headers.location, `/api/tasks/${id}`);
  t.equal(answer?.headers['retry-after'], '1');
  const jobs = { where: { exchange: 'conversions', body: { contains: '"inspect"' } } };
  t.equal(await db.prisma.outboxMessage.count(jobs), 2, 'beside the one of the fixture');
  t.equal((await request('GET', `${url}?cursor=x`)).statusCode, 400);
  await inspect(id, [entry('a')]);
  t.equal((await request('GET', url)).json().items.length, 1);
  t.equal(await db.prisma.outboxMessage.count({ where: { exchange: 'notifications' } }), 0);
});

t.test('the failure of an inspection is told, not found out again', async (t) => {
  const { task, events, list, db, post } = await entriesFixture(t);
  const error: TaskProblem = {
    type: '/problems/unsupported-archive',
    title: 'Not read',
    detail: 'It is a text.',
  };
  await applyFailed({ taskId: task.id, attempt: 1, error }, events, {});
  for (let again = 0; again < 2; again += 1) {
    const refused = await list();
    t.equal(refused.statusCode, 422);
    t.match(refused.json(), {
      type: '/problems/unsupported-archive',
      detail: new RegExp(task.id),
    });
  }
  t.equal(await db.prisma.task.count(), 1);
  await post(task, 'retry');
  t.equal((await list()).json().id, task.id, 'the same task, which runs again');
  await post(task, 'cancel');
  t.not((await list()).json().id, task.id, 'one that was cancelled says nothing');
});

t.test('tasks with a password or other inputs say nothing of the file', async (t) => {
  const { create, request, events } = await rerunFixture(t);
  const error: TaskProblem = { type: '/problems/password-wrong', title: 'Wrong' };
  const withPassword = { operation: 'inspect', password: 'x' };
  const one = (await create(withPassword, [['a.zip', 'a']])).json();
  await applyFailed({ taskId: one.id, attempt: 1, error }, events, {});
  const two = (
    await create({ operation: 'inspect' }, [
      ['b.zip', 'b'],
      ['c.zip', 'c'],
    ])
  ).json();
  await applyFailed({ taskId: two.id, attempt: 1, error }, events, {});
  for (const { files } of [one, two]) {
    const answer = await request('GET', `/api/files/${files[0].id}/entries`);
    t.equal(answer.statusCode, 202);
    t.notOk([one.id, two.id].includes(answer.json().id));
  }
});

t.test('an inspection whose entries are lost is made again', async (t) => {
  const { task, inspect, list, storage, db } = await entriesFixture(t);
  await storage.delete(await inspect(task.id, [entry('a')]));
  t.equal((await list()).statusCode, 202);
  t.equal(await db.prisma.inspection.count(), 0);
});
