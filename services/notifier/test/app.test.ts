import { connect } from '@comprimemelo/messaging/connection';
import { createPublisher } from '@comprimemelo/messaging/publisher';
import { createLogger } from '@comprimemelo/service/process/logger';
import t, { type Test } from 'tap';
import { buildApp } from '../src/app.js';
import { createSmtpSender } from '../src/send-mail.js';
import { startMailServer } from './mail-server.js';
import { mailSecretsKey, publicUrl } from './notifications.js';
import { testNotifier } from './notifier.js';

const logger = createLogger('notifier', 'silent');

async function appWith(t: Test, smtpUrl: string, broker: ReturnType<typeof connect>) {
  const sender = createSmtpSender({ url: smtpUrl, from: 'no-reply@files.example' });
  t.teardown(() => sender.close());
  const publisher = createPublisher(broker);
  t.teardown(() => publisher.close());
  const app = await buildApp({ broker, publisher, sender, publicUrl, mailSecretsKey, logger });
  t.teardown(() => app.close());
  return app;
}

t.test('ready with the broker; the mail server is told of', async (t) => {
  const server = await startMailServer();
  t.teardown(() => server.close());
  const { broker } = await testNotifier(t);
  const app = await appWith(t, server.url, broker);
  const { statusCode, body } = await app.inject('/readyz');
  t.equal(statusCode, 200);
  t.same(JSON.parse(body).checks, { broker: 'ok', mail: 'ok: reachable' });
});

t.test('a mail server that is away is no reason to be unready', async (t) => {
  const server = await startMailServer();
  await server.close();
  const { broker } = await testNotifier(t);
  const app = await appWith(t, server.url, broker);
  const { statusCode, body } = await app.inject('/readyz');
  t.equal(statusCode, 200);
  t.same(JSON.parse(body).checks, { broker: 'ok', mail: 'ok: unreachable' });
});

t.test('a broker that is away is', async (t) => {
  const server = await startMailServer();
  t.teardown(() => server.close());
  const broker = connect('amqp://guest:guest@127.0.0.1:1', { logger, name: t.name });
  t.teardown(() => broker.close());
  const app = await appWith(t, server.url, broker);
  const { statusCode, body } = await app.inject('/readyz');
  t.equal(statusCode, 503);
  t.equal(JSON.parse(body).checks.broker, 'failed: not connected');
});
