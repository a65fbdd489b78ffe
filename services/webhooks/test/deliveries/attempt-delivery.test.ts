import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Webhook as Verifier } from 'standardwebhooks';
import t from 'tap';
import { type Received, testReceiver } from '../fixtures/receiver.js';
import { webhooksFixture } from '../fixtures/webhooks-fixture.js';

/** What an independent implementation of Standard Webhooks reads; throws where the signature is wrong. */
const verified = (secret: string, { body, headers }: Received) =>
  new Verifier(secret).verify(body, headers as Record<string, string>);

t.test('an event is delivered once, signed, as it happened', async (t) => {
  const receiver = await testReceiver(t);
  const { created, happens, ended, dispatch } = await webhooksFixture(t);
  const webhook = await created({ url: `${receiver.url}?a=1` });
  dispatch(receiver);
  const { eventId, payload } = await happens();
  const delivery = await ended(webhook);
  t.match(delivery, { eventId, type: 'task.processed', status: 'delivered', attemptCount: 1 });
  t.match(delivery.attempts, [{ statusCode: 204, fault: null }]);
  t.same(delivery.payload, payload);

  t.equal(receiver.received.length, 1);
  const [received] = receiver.received;
  if (received === undefined) throw new Error('nothing came');
  t.same(verified(webhook.secret, received), payload);
  t.equal(received.path, '/hooks?a=1');
  t.match(received.headers, {
    'content-type': 'application/json',
    'webhook-id': eventId,
    'user-agent': /^Comprimemelo/,
  });
  t.throws(() => verified(webhook.secret, { ...received, body: `${received.body} ` }));
  t.throws(() => verified('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', received));
});

t.test('what fails is tried again until it is taken, with the same id', async (t) => {
  const receiver = await testReceiver(t);
  const { created, happens, ended, dispatch } = await webhooksFixture(t);
  const webhook = await created({ url: receiver.url });
  receiver.reply = (response, _, count) => response.writeHead(count < 3 ? 503 : 200).end('ok');
  dispatch(receiver);
  const { eventId } = await happens();
  const delivery = await ended(webhook);
  t.match(delivery, { status: 'delivered', attemptCount: 3, nextAttemptAt: null });
  t.same(
    delivery.attempts.map(({ statusCode }) => statusCode),
    [503, 503, 200],
  );
  for (const received of receiver.received) {
    t.equal(received.headers['webhook-id'], eventId);
    verified(webhook.secret, received);
  }
});

t.test('after the last try it has failed, and can be replayed', async (t) => {
  const receiver = await testReceiver(t);
  const { created, happens, ended, dispatch, request, db } = await webhooksFixture(t);
  const webhook = await created({ url: receiver.url });
  receiver.reply = (response) => response.writeHead(500).end();
  dispatch(receiver);
  const { eventId, payload } = await happens();
  const failed = await ended(webhook);
  t.match(failed, { status: 'failed', attemptCount: 4 }, 'one try and three more');
  t.type(failed.endedAt, 'string');
  const row = () => db.prisma.webhook.findFirstOrThrow();
  t.type((await row()).failingSince, Date, 'since when it fails is remembered');
  t.equal((await row()).enabled, true);

  receiver.reply = (response) => response.writeHead(200).end();
  const replay = await request('POST', `/${webhook.id}/deliveries/${failed.id}/replay`);
  t.equal(replay.statusCode, 202);
  t.match(replay.json(), { id: failed.id, eventId, status: 'pending' });
  t.equal(replay.headers.location, `/api/webhooks/${webhook.id}/deliveries/${failed.id}`);
  const delivered = await ended(webhook);
  t.match(delivered, { id: failed.id, eventId, status: 'delivered', attemptCount: 5 });
  t.equal(delivered.attempts.length, 5);
  const last = receiver.received.at(-1);
  t.same(JSON.parse(last?.body ?? ''), payload);
  t.equal(last?.headers['webhook-id'], eventId);
  t.equal((await row()).failingSince, null);
});

t.test('a receiver that is away gets its event when it is back', async (t) => {
  const receiver = await testReceiver(t);
  const { created, happens, ended, deliveries, dispatch } = await webhooksFixture(t);
  const webhook = await created({ url: receiver.url });
  await receiver.close();
  dispatch(receiver, { pauses: Array(500).fill(20) });
  await happens();
  while ((await deliveries(webhook))[0]?.attempts.length === 0) await pause(10);
  t.match((await deliveries(webhook))[0], {
    status: 'pending',
    attempts: [{ statusCode: null, fault: 'connection-failed' }],
  });
  await receiver.open();
  t.match(await ended(webhook), { status: 'delivered' });
  t.equal(receiver.received.length, 1);
});

t.test('a redirect is a failure and is not followed', async (t) => {
  const [receiver, other] = [await testReceiver(t), await testReceiver(t)];
  const { created, happens, ended, dispatch } = await webhooksFixture(t);
  const webhook = await created({ url: receiver.url });
  receiver.reply = (response) => response.writeHead(307, { location: other.url }).end();
  dispatch(receiver, { pauses: [] });
  await happens();
  t.match(await ended(webhook), { status: 'failed', attempts: [{ statusCode: 307 }] });
  t.equal(other.received.length, 0);
});

t.test('410 disables the webhook; nothing more is sent until its owner enables it', async (t) => {
  const receiver = await testReceiver(t);
  const { created, happens, ended, deliveries, dispatch, request } = await webhooksFixture(t);
  const webhook = await created({ url: receiver.url });
  receiver.reply = (response) => response.writeHead(410).end();
  dispatch(receiver);
  await happens();
  t.match(await ended(webhook), { status: 'failed', attemptCount: 1 });
  const shown = async () => (await request('GET', `/${webhook.id}`)).json();
  t.match(await shown(), { enabled: false, disabledReason: 'gone' });
  await happens();
  t.equal((await deliveries(webhook)).length, 1, 'what happens meanwhile is not kept for it');
  const [{ id = '' } = {}] = (await request('GET', `/${webhook.id}/deliveries`)).json().items;
  for (const path of ['/test', `/deliveries/${id}/replay`]) {
    const refused = await request('POST', `/${webhook.id}${path}`);
    t.equal(refused.json().type, '/problems/webhook-disabled');
  }
  const payload = { enabled: true };
  t.match((await request('PATCH', `/${webhook.id}`, { payload })).json(), {
    enabled: true,
    disabledReason: null,
  });
  t.equal(receiver.received.length, 1);
});

t.test('what is on its way to a webhook that was disabled has failed', async (t) => {
  const receiver = await testReceiver(t);
  const { created, happens, ended, dispatch, request } = await webhooksFixture(t);
  const webhook = await created({ url: receiver.url });
  await happens();
  await request('PATCH', `/${webhook.id}`, { payload: { enabled: false } });
  dispatch(receiver);
  t.match(await ended(webhook), {
    status: 'failed',
    attempts: [{ statusCode: null, fault: 'webhook-disabled' }],
  });
  t.equal(receiver.received.length, 0);
});

t.test('an address that has taken nothing for days is disabled', async (t) => {
  const receiver = await testReceiver(t);
  const { created, happens, ended, dispatch, request, db } = await webhooksFixture(t);
  const webhook = await created({ url: receiver.url });
  const failingSince = new Date(Date.now() - 5 * 24 * 3_600_000);
  await db.prisma.webhook.updateMany({ data: { failingSince } });
  receiver.reply = (response) => response.writeHead(500).end();
  dispatch(receiver);
  await happens();
  await receiver.has(2);
  t.equal((await request('GET', `/${webhook.id}`)).json().enabled, true, 'not by its first tries');
  await ended(webhook);
  t.match((await request('GET', `/${webhook.id}`)).json(), {
    enabled: false,
    disabledReason: 'failing',
  });
});

t.test('a delivery that ends its process each time comes to an end', async (t) => {
  const receiver = await testReceiver(t);
  const { created, happens, ended, dispatch, db } = await webhooksFixture(t);
  const webhook = await created({ url: receiver.url });
  await happens();
  // As four processes leave it that were killed in a try each.
  await db.prisma.webhookDelivery.updateMany({ data: { attemptCount: 4, roundCount: 4 } });
  dispatch(receiver);
  t.match(await ended(webhook), { status: 'failed', attempts: [{ fault: 'internal-error' }] });
  t.equal(receiver.received.length, 0);
  t.match(await db.prisma.webhook.findFirstOrThrow(), { failingSince: null });
});

t.test('what cannot be signed is no fault of the receiver, and waits', async (t) => {
  const receiver = await testReceiver(t);
  const { created, happens, ended, dispatch, deliveries, db } = await webhooksFixture(t);
  const webhook = await created({ url: receiver.url });
  const other = randomBytes(32).toString('base64url');
  const wrong = dispatch(receiver, { secretsKey: other, pauses: Array(500).fill(20) });
  await happens();
  const first = async () => (await deliveries(webhook))[0];
  while ((await first())?.attempts.length === 0) await pause(10);
  t.match(await first(), { status: 'pending', attempts: [{ fault: 'internal-error' }] });
  t.match(await db.prisma.webhook.findFirstOrThrow(), { failingSince: null });
  await wrong.close();
  dispatch(receiver, { pauses: Array(500).fill(20) });
  t.match(await ended(webhook), { status: 'delivered' });
});

t.test('Retry-After makes a pause longer', async (t) => {
  const receiver = await testReceiver(t);
  const { created, happens, deliveries, dispatch } = await webhooksFixture(t);
  const webhook = await created({ url: receiver.url });
  receiver.reply = (response) => response.writeHead(429, { 'retry-after': '3600' }).end();
  dispatch(receiver);
  const before = Date.now();
  await happens();
  const tried = async () => (await deliveries(webhook))[0];
  while ((await tried())?.attempts.length === 0) await pause(10);
  const next = (await tried())?.nextAttemptAt?.getTime() ?? 0;
  t.ok(next >= before + 3_600_000, 'an hour');
});

t.test('an answer that never ends is let go', async (t) => {
  const receiver = await testReceiver(t);
  const { created, happens, ended, dispatch } = await webhooksFixture(t);
  const webhook = await created({ url: receiver.url });
  let written = 0;
  receiver.reply = (response) => {
    response.writeHead(200);
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(16_384))) written += 16_384;
    };
    response.on('drain', more);
    more();
  };
  dispatch(receiver);
  await happens();
  t.match(await ended(webhook), { status: 'delivered' }, 'its status has said it');
  t.ok(written < 50_000_000, `${written} bytes were taken`);
});

t.test('no answer in time is a failure', async (t) => {
  const receiver = await testReceiver(t);
  const { created, happens, ended, dispatch } = await webhooksFixture(t);
  const webhook = await created({ url: receiver.url });
  receiver.reply = () => undefined;
  dispatch(receiver, { pauses: [], timeout: 1_000 });
  await happens();
  t.match(await ended(webhook), { status: 'failed', attempts: [{ fault: 'timeout' }] });
});
