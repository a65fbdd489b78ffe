import { createPublisher } from '@comprimemelo/messaging/publisher';
import t from 'tap';
import { requeueNotification, triedBefore } from '../src/requeue-notification.js';
import { welcome } from './notifications.js';
import { queue, testNotifier } from './notifier.js';

const body = welcome();
const message = (headers: Record<string, unknown>) => ({
  body,
  messageId: 'message-1',
  routingKey: body.type,
  headers,
  trace: { 'x-request-id': 'request-1' },
  retries: 0,
  redelivered: false,
  signal: new AbortController().signal,
});

t.test('what a message has been through is read from its headers', async (t) => {
  t.same(triedBefore(message({ 'x-tries': '3', 'x-failing-since': '1000' })), {
    tries: 3,
    since: 1000,
  });
});

t.test('a new message, or one with nonsense noted on it, starts now', async (t) => {
  for (const headers of [{}, { 'x-tries': 'many', 'x-failing-since': {} }]) {
    const { tries, since } = triedBefore(message(headers));
    t.equal(tries, 0);
    t.ok(Math.abs(since - Date.now()) < 60_000);
  }
});

t.test('the copy is the same message, with what it has been through', async (t) => {
  const { broker, take } = await testNotifier(t);
  const publisher = createPublisher(broker);
  t.teardown(() => publisher.close());
  const tried = { tries: 4, since: 2000 };
  await requeueNotification(publisher.publish, message({}), tried);
  const copy = await take(queue);
  t.same(copy.body, body);
  t.equal(copy.headers['x-request-id'], 'request-1');
  t.same(triedBefore(message(copy.headers)), tried);
});
