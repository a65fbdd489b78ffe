import { newId } from '@comprimemelo/prisma/client/identifiers';
import t from 'tap';
import { tasksFixture } from '../fixtures/tasks-fixture.js';

t.test('pages, filters and validators', async (t) => {
  const { create, request, db } = await tasksFixture(t);
  const ids: string[] = [];
  for (let n = 0; n < 5; n += 1) {
    ids.push((await create({ format: 'zip' }, [[`${n}.txt`, 'x']])).json().id);
  }
  const list = async (query = '') => (await request('GET', `/api/tasks${query}`)).json();
  const idsOf = (page: { items: { id: string }[] }) => page.items.map(({ id }) => id);

  t.strictSame(idsOf(await list()), ids.toReversed(), 'newest first');
  t.strictSame(idsOf(await list('?order=asc')), ids);

  const seen: string[] = [];
  let url = '/api/tasks?limit=2';
  for (;;) {
    const response = await request('GET', url);
    seen.push(...idsOf(response.json()));
    const next = /^<(.*)>; rel="next"$/.exec(String(response.headers.link ?? ''))?.[1];
    t.equal(response.json().nextCursor === null, next === undefined);
    if (next === undefined) break;
    url = next;
  }
  t.strictSame(seen, ids.toReversed(), 'every task once, by following the links');

  await db.prisma.task.updateMany({ where: { progress: 0 }, data: { status: 'failed' } });
  t.equal((await list('?status=failed')).items.length, 5);
  t.equal((await list('?status=processed')).items.length, 0);
  t.equal((await list('?operation=convert')).items.length, 0);

  const first = await request('GET', '/api/tasks?limit=2');
  const headers = { 'if-none-match': String(first.headers.etag) };
  t.equal((await request('GET', '/api/tasks?limit=2', { headers })).statusCode, 304);
  await db.prisma.task.updateMany({ data: { progress: 7 } });
  t.equal((await request('GET', '/api/tasks?limit=2', { headers })).statusCode, 200);

  t.strictSame((await request('GET', '/api/tasks', { by: newId() })).json(), {
    items: [],
    nextCursor: null,
  });
  for (const query of ['limit=0', 'limit=101', 'limit=x', 'status=done', 'cursor=x', 'order=up']) {
    t.equal((await request('GET', `/api/tasks?${query}`)).statusCode, 400, query);
  }
});
