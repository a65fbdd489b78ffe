import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import t from 'tap';
import { type ApiClient, inputText, newClient } from '../client/api-client.js';
import { type Received, webhookReceiver } from '../client/webhook-receiver.js';
import { testedSystem } from '../config.js';

const { origin } = testedSystem();

const json = (method: string, body?: object): RequestInit => ({
  method,
  ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
});

async function call<Answer>(client: ApiClient, path: string, init?: RequestInit): Promise<Answer> {
  const response = await client.request(`/api/webhooks${path}`, init);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

const register = (client: ApiClient, url: string, more: object = {}) =>
  call<{ id: string; secret: string }>(client, '', json('POST', { url, ...more }));

/** As the Standard Webhooks specification says it. */
function signatureOf(secret: string, { headers, body }: Received): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
}

t.test('who has registered is told of each end of a task, and of nothing else', async (t) => {
  const receiver = await webhookReceiver(t);
  const client = await newClient(origin);
  const { id, secret } = await register(client, receiver.url);
  const done = await client.run({ format: 'zip' }, [inputText('a.txt', 'a')]);
  const broken = await client.run({ operation: 'decompress' }, [inputText('a.zip', 'no archive')]);
  await receiver.has(2);
  const told = receiver.received.map(({ body }) => JSON.parse(body));
  const of = (task: { id: string }) => told.find(({ data }) => data.id === task.id);
  t.match(of(done), {
    type: 'task.processed',
    timestamp: done.finishedAt,
    data: {
      status: 'processed',
      operation: 'compress',
      format: 'zip',
      resultCount: 1,
      error: null,
    },
  });
  t.match(of(broken), {
    type: 'task.failed',
    data: { status: 'failed', error: broken.error },
  });
  for (const received of receiver.received) {
    t.equal(received.headers['webhook-signature'], signatureOf(secret, received));
  }
  const log = await call<{ items: { eventId: string; status: string }[] }>(
    client,
    `/${id}/deliveries?status=delivered`,
  );
  t.same(
    log.items.map(({ eventId }) => eventId).sort(),
    receiver.received.map(({ headers }) => headers['webhook-id']).sort(),
  );
  await pause(300);
  t.equal(receiver.received.length, 2, 'once each');
});

t.test(
  'a try that fails is repeated after seconds; a test and a replay come at once',
  async (t) => {
    const receiver = await webhookReceiver(t, (count) => (count === 1 ? 500 : 200));
    const client = await newClient(origin);
    const { id } = await register(client, receiver.url);
    const test = await call<{ id: string; eventId: string }>(client, `/${id}/test`, json('POST'));
    await receiver.has(2);
    const path = `/${id}/deliveries/${test.id}`;
    let delivery = await call<{ status: string; attempts: object[] }>(client, path);
    while (delivery.status === 'pending') {
      await pause(50);
      delivery = await call(client, path);
    }
    t.match(delivery, {
      status: 'delivered',
      attempts: [{ statusCode: 500 }, { statusCode: 200 }],
    });
    await call(client, `${path}/replay`, json('POST'));
    await receiver.has(3);
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    t.same(ids, [test.eventId, test.eventId, test.eventId]);
  },
);

t.test('a new secret signs beside the former one', async (t) => {
  const receiver = await webhookReceiver(t);
  const client = await newClient(origin);
  const { id, secret } = await register(client, receiver.url);
  const { secret: renewed } = await call<{ secret: string }>(client, `/${id}/secret`, json('POST'));
  await call(client, `/${id}/test`, json('POST'));
  await receiver.has(1);
  const [received] = receiver.received;
  if (received === undefined) throw new Error('nothing came');
  const signatures = [renewed, secret].map((one) => signatureOf(one, received));
  t.equal(received.headers['webhook-signature'], signatures.join(' '));
});

t.test('an account that is deleted is told of nothing more', async (t) => {
  const receiver = await webhookReceiver(t);
  const client = await newClient(origin);
  const { id } = await register(client, receiver.url);
  t.equal((await client.request('/api/auth/me', { method: 'DELETE' })).status, 204);
  const gone = [401, 404];
  while (!gone.includes((await client.request(`/api/webhooks/${id}`)).status)) await pause(50);
  const response = await client.request('/api/webhooks', json('POST', { url: receiver.url }));
  t.equal(response.status, 401, 'its token makes no new one');
  t.equal(receiver.received.length, 0);
});
