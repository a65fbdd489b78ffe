import { newId, toBytes } from '@comprimemelo/prisma/client/identifiers';
import t from 'tap';
import { webhooksFixture } from '../fixtures/webhooks-fixture.js';

const url = 'https://hooks.example/a';

t.test('deliveries are listed by status, page by page', async (t) => {
  const { request, created, happens, db } = await webhooksFixture(t);
  const { id } = await created({ url });
  for (let count = 0; count < 3; count += 1) await happens();
  const rows = await db.prisma.webhookDelivery.findMany({ orderBy: { id: 'asc' } });
  await db.prisma.webhookDelivery.updateMany({
    where: { id: rows[1]?.id ?? toBytes(newId()) },
    data: { status: 'failed', nextAttemptAt: null, endedAt: new Date() },
  });
  const list = async (query = '') => (await request('GET', `/${id}/deliveries${query}`)).json();
  t.equal((await list()).items.length, 3);
  t.match((await list('?status=failed')).items, [{ status: 'failed', nextAttemptAt: null }]);
  t.equal((await list('?status=pending')).items.length, 2);
  t.equal((await list('?status=delivered')).items.length, 0);
  const first = await list('?limit=2');
  t.equal((await list(`?limit=2&cursor=${first.nextCursor}`)).items.length, 1);
  t.equal((await request('GET', `/${id}/deliveries?status=x`)).statusCode, 400);
});
