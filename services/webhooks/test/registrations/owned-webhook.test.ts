import t from 'tap';
import { webhooksFixture } from '../fixtures/webhooks-fixture.js';

const url = 'https://hooks.example/a';

t.test("another one's webhooks and deliveries are none", async (t) => {
  const { request, created, happens, newUser, userId, db } = await webhooksFixture(t);
  const { id } = await created({ url });
  await happens();
  const [delivery] = (await request('GET', `/${id}/deliveries`)).json().items;
  const before = await db.prisma.webhookDelivery.findMany();
  const bob = await newUser('bob');
  const own = await created({ url }, bob);
  const as = { by: bob };
  for (const [method, path, payload] of [
    ['GET', `/${id}`],
    ['PATCH', `/${id}`, { enabled: false }],
    ['DELETE', `/${id}`],
    ['POST', `/${id}/secret`],
    ['POST', `/${id}/test`],
    ['GET', `/${id}/deliveries`],
    ['GET', `/${id}/deliveries/${delivery.id}`],
    ['POST', `/${id}/deliveries/${delivery.id}/replay`],
  ] as const) {
    const response = await request(method, path, { ...as, payload });
    t.equal(response.json().type, '/problems/webhook-not-found', `${method} ${path}`);
  }
  for (const [method, path] of [
    ['GET', `/${own.id}/deliveries/${delivery.id}`],
    ['POST', `/${own.id}/deliveries/${delivery.id}/replay`],
  ] as const) {
    const response = await request(method, path, as);
    t.equal(response.json().type, '/problems/delivery-not-found', `${method} by one's own webhook`);
  }
  t.same((await request('GET', '', as)).json().items.length, 1);
  t.same(await db.prisma.webhookDelivery.findMany(), before, 'nothing has changed');
  t.equal((await request('GET', `/${id}`, { by: userId })).json().enabled, true);
});
