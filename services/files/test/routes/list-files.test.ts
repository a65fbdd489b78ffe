import { newId, toBytes } from '@comprimemelo/prisma/client/identifiers';
import t from 'tap';
import { filesFixture } from '../files-fixture.js';

t.test('a path that was not UTF-8 comes with its bytes', async (t) => {
  const { uploaded, request, db } = await filesFixture(t);
  const { id } = await uploaded('a', 'a');
  const get = async (path: string) => (await request('GET', path)).json();
  t.notOk('rawPath' in (await get(`/api/files/${id}`)));
  const rawPath = new Uint8Array([0xa4, 0x2f, 0xff]);
  await db.prisma.file.updateMany({ data: { path: 'ñ/%FF', rawPath } });
  const shown = { path: 'ñ/%FF', rawPath: 'pC//' };
  t.match(await get(`/api/files/${id}`), shown);
  t.match((await get('/api/files')).items, [shown]);
});

t.test('pages and filters', async (t) => {
  const { uploaded, request, db } = await filesFixture(t);
  const ids: string[] = [];
  for (const name of ['a', 'b', 'A']) ids.push((await uploaded(name, name)).id);
  const list = async (query = '', by?: string) =>
    (await request('GET', `/api/files${query}`, {}, by === undefined ? {} : { by })).json();
  const idsOf = (page: { items: { id: string }[] }) => page.items.map(({ id }) => id);

  t.strictSame(idsOf(await list()), ids.toReversed());
  const first = await list('?limit=2&order=asc');
  t.strictSame(idsOf(first), ids.slice(0, 2));
  const second = await list(`?limit=2&order=asc&cursor=${first.nextCursor}`);
  t.strictSame(idsOf(second), ids.slice(2));
  t.equal(second.nextCursor, null);
  t.strictSame(idsOf(await list('?name=a')), [ids[0]]);
  t.strictSame(idsOf(await list('?kind=result')), []);
  await db.prisma.file.updateMany({ where: { name: 'b' }, data: { kind: 'result' } });
  t.strictSame(idsOf(await list('?kind=result')), [ids[1]]);
  t.strictSame(idsOf(await list('', newId())), []);

  const taskId = newId();
  await db.prisma.file.updateMany({
    where: { id: { not: toBytes(ids[1] ?? '') } },
    data: { taskId: toBytes(taskId) },
  });
  t.strictSame(idsOf(await list(`?task=${taskId}&order=asc`)), [ids[0], ids[2]]);
  t.strictSame(idsOf(await list(`?task=${taskId}`, newId())), []);
  t.equal((await request('GET', '/api/files?task=1')).statusCode, 400);
});
