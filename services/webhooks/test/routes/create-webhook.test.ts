import { newId, toBytes } from '@comprimemelo/prisma/client/identifiers';
import t from 'tap';
import { webhooksFixture } from '../fixtures/webhooks-fixture.js';

const url = 'https://hooks.example/a';

t.test('a webhook is made, shown, changed and deleted', async (t) => {
  const { request } = await webhooksFixture(t);
  const response = await request('POST', '', { payload: { url } });
  t.equal(response.statusCode, 201);
  const { secret, ...webhook } = response.json();
  t.equal(response.headers.location, `/api/webhooks/${webhook.id}`);
  t.equal(response.headers['cache-control'], 'no-store');
  t.match(secret, /^whsec_/);
  const events = ['task.processed', 'task.failed', 'task.cancelled'];
  t.match(webhook, { url, events, enabled: true, disabledReason: null, description: null });

  const shown = await request('GET', `/${webhook.id}`);
  t.same(shown.json(), webhook, 'without its secret');
  const { etag = '' } = shown.headers;
  const again = await request('GET', `/${webhook.id}`, { headers: { 'if-none-match': `${etag}` } });
  t.equal(again.statusCode, 304);

  const payload = { events: ['task.failed'], description: 'ours', enabled: false };
  const changed = await request('PATCH', `/${webhook.id}`, { payload });
  t.same(changed.json(), { ...webhook, ...payload });
  const cleared = await request('PATCH', `/${webhook.id}`, { payload: { description: null } });
  t.same(cleared.json(), { ...webhook, ...payload, description: null });

  t.equal((await request('DELETE', `/${webhook.id}`)).statusCode, 204);
  for (const method of ['GET', 'DELETE'] as const) {
    const gone = await request(method, `/${webhook.id}`);
    t.equal(gone.json().type, '/problems/webhook-not-found');
  }
});

t.test('what is not asked for well is refused, and changes nothing', async (t) => {
  const { request, created } = await webhooksFixture(t);
  const webhook = await created({ url });
  const wrong: [object, number][] = [
    [{ url: 'http://example.com/' }, 422],
    [{ url: 'https://127.0.0.1/' }, 422],
    [{ url: 'https://u:p@example.com/' }, 422],
    [{ url: '' }, 400],
    [{ url: 5 }, 422],
    [{ url, events: [] }, 400],
    [{ url, events: ['task.created'] }, 400],
    [{ url, events: ['webhook.test'] }, 400],
    [{ url, events: ['task.failed', 'task.failed'] }, 400],
    [{ url, enabled: 'maybe' }, 400],
    [{ url, description: 'x'.repeat(201) }, 400],
  ];
  for (const [payload, status] of wrong) {
    const what = JSON.stringify(payload).slice(0, 60);
    t.equal((await request('POST', '', { payload })).statusCode, status, `create ${what}`);
    const change = await request('PATCH', `/${webhook.id}`, { payload });
    t.equal(change.statusCode, status, `update ${what}`);
  }
  t.equal((await request('POST', '', { payload: {} })).statusCode, 400);
  t.equal((await request('PATCH', `/${webhook.id}`, { payload: {} })).statusCode, 400);
  const refused = await request('POST', '', { payload: { url: 'http://a.example/' } });
  t.match(refused.json(), {
    type: '/problems/webhook-address-refused',
    errors: [{ pointer: '/url' }],
  });
  const { secret: _, ...unchanged } = webhook;
  t.same((await request('GET', '')).json().items, [unchanged]);
});

t.test("fields that are not a client's to set are refused, and nothing is written", async (t) => {
  const { request, db, created } = await webhooksFixture(t);
  const id = newId();
  const extra = { id, ownerId: id, disabledReason: 'gone', sealedSecret: 'a' };
  const errors = Object.keys(extra).map((name) => ({ pointer: `/${name}` }));
  const problem = { status: 400, type: '/problems/invalid-request', errors };
  t.match((await request('POST', '', { payload: { url, ...extra } })).json(), problem);
  t.equal(await db.prisma.webhook.count(), 0);
  const webhook = await created();
  const payload = { ...extra, enabled: false };
  t.match((await request('PATCH', `/${webhook.id}`, { payload })).json(), problem);
  t.match((await request('GET', `/${webhook.id}`)).json(), { id: webhook.id, enabled: true });
  t.equal(await db.prisma.webhook.count({ where: { id: toBytes(id) } }), 0);
});

t.test('an account has so many webhooks, however they are asked for', async (t) => {
  const { request, created } = await webhooksFixture(t);
  const asked = Array.from({ length: 15 }, () => request('POST', '', { payload: { url } }));
  const codes = (await Promise.all(asked)).map(({ statusCode }) => statusCode);
  t.equal(codes.filter((code) => code === 201).length, 10);
  t.equal(codes.filter((code) => code === 409).length, 5);
  const { items } = (await request('GET', '')).json();
  t.equal((await request('DELETE', `/${items[0].id}`)).statusCode, 204);
  t.match(await created({ url }), { url }, 'there is room again');
});

t.test('a token outlives its account, and makes nothing', async (t) => {
  const { request } = await webhooksFixture(t);
  const refused = await request('POST', '', { payload: { url }, by: newId() });
  t.equal(refused.json().type, '/problems/unauthenticated');
});
