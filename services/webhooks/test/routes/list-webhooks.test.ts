import t from 'tap';
import { webhooksFixture } from '../fixtures/webhooks-fixture.js';

const url = 'https://hooks.example/a';

t.test('pages', async (t) => {
  const { request, created } = await webhooksFixture(t);
  const ids: string[] = [];
  for (let count = 0; count < 3; count += 1) ids.push((await created({ url })).id);
  const page = async (query: string) => (await request('GET', `?${query}`)).json();
  const idsOf = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id);
  const first = await page('limit=2&order=asc');
  t.same(idsOf(first), ids.slice(0, 2));
  const second = await page(`limit=2&order=asc&cursor=${first.nextCursor}`);
  t.same(idsOf(second), ids.slice(2));
  t.equal(second.nextCursor, null);
  t.equal((await request('GET', '?cursor=x')).json().type, '/problems/invalid-cursor');
});
