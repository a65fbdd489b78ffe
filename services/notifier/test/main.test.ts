import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { exchanges } from '@comprimemelo/contracts/queues';
import { connect } from '@comprimemelo/messaging/connection';
import { createPublisher } from '@comprimemelo/messaging/publisher';
import { declareTopology } from '@comprimemelo/messaging/topology';
import { createLogger } from '@comprimemelo/service/process/logger';
import { testBroker } from '@comprimemelo/testing/broker';
import { childEnvironment } from '@comprimemelo/testing/config';
import t, { type Test } from 'tap';
import { accountId, mailSecretsKey, publicUrl, welcome } from './notifications.js';
import { readMail } from './read-mail.js';

const main = fileURLToPath(new URL('../src/main.js', import.meta.url));

function run(t: Test, env: Record<string, string>) {
  const child = spawn(process.execPath, [main], {
    env: childEnvironment({
      PORT: '0',
      PUBLIC_URL: publicUrl,
      MAIL_SECRETS_KEY: mailSecretsKey,
      ...env,
    }),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const logged = async (wanted: RegExp): Promise<Record<string, unknown>> => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error(`the process ended without logging ${wanted}`);
      if (wanted.test(value)) return JSON.parse(value);
    }
  };
  return { child, logged, exited: once(child, 'exit') };
}

t.test('the process writes e-mails into its folder and stops in order', async (t) => {
  const virtualHost = await testBroker();
  t.teardown(() => virtualHost.delete());
  const broker = connect(virtualHost.url, {
    logger: createLogger('test', 'silent'),
    name: t.name,
  });
  t.teardown(() => broker.close());
  declareTopology(broker);
  const publisher = createPublisher(broker);
  t.teardown(() => publisher.close());

  const MAIL_DIR = t.testdir();
  const { child, logged, exited } = run(t, { AMQP_URL: virtualHost.url, MAIL_DIR, SMTP_URL: '' });
  const { msg } = await logged(/listening/i);
  const address = /http:\S+/.exec(String(msg))?.[0];
  t.equal((await fetch(`${address}/livez`)).status, 200);
  const route = { exchange: exchanges.notifications, routingKey: 'account.created' };
  await publisher.publish({ ...route, body: welcome() });
  await logged(/e-mail sent/);
  const [name = ''] = await readdir(MAIL_DIR);
  t.equal(name, `account.created.${accountId}.eml`);
  t.match(readMail(await readFile(join(MAIL_DIR, name), 'utf8')).text, 'Hello Ana,');
  child.kill('SIGTERM');
  t.same(await exited, [0, null]);
});

t.test('nowhere to send to: one line, and no start', async (t) => {
  const { logged, exited } = run(t, { AMQP_URL: 'amqp://x', MAIL_DIR: '', SMTP_URL: '' });
  t.match(await logged(/cannot start/), { msg: /SMTP_URL.*MAIL_DIR/ });
  t.same(await exited, [1, null]);
});
