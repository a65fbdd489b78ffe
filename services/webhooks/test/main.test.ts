import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { testBroker } from '@comprimemelo/testing/broker';
import { childEnvironment } from '@comprimemelo/testing/config';
import t, { type Test } from 'tap';
import { secretsKey, webhooksFixture } from './fixtures/webhooks-fixture.js';

const main = fileURLToPath(new URL('../src/main.js', import.meta.url));

/** The service as a process of its own, ready to send. */
async function run(t: Test, env: Record<string, string>): Promise<ChildProcess> {
  const child = spawn(process.execPath, [main], {
    env: childEnvironment({ PORT: '0', WEBHOOK_SECRETS_KEY: secretsKey, ...env }),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    if (/listening/i.test(line)) break;
  }
  child.stdout?.resume();
  return child;
}

/** A receiver whose requests are answered by the test. */
async function heldReceiver(t: Test) {
  const requests: { request: IncomingMessage; response: ServerResponse }[] = [];
  const server = createServer((request, response) => {
    requests.push({ request, response });
    server.emit('held');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async nth(count: number) {
      while (requests.length < count) await once(server, 'held');
      return requests[count - 1] as (typeof requests)[number];
    },
    requests,
  };
}

t.test('a process that is killed between the request and the record loses nothing', async (t) => {
  const policy = { allowHttp: true, allowPrivate: true };
  const { created, happens, ended, db, databaseUrl } = await webhooksFixture(t, { policy });
  const virtualHost = await testBroker();
  t.teardown(() => virtualHost.delete());
  const env = {
    DATABASE_URL: databaseUrl,
    AMQP_URL: virtualHost.url,
    JWKS_URL: 'http://127.0.0.1:1/x',
    WEBHOOK_ALLOW_HTTP: '1',
    WEBHOOK_ALLOW_PRIVATE: '1',
  };
  const receiver = await heldReceiver(t);
  const webhook = await created({ url: receiver.url });
  const first = await run(t, env);
  const { eventId } = await happens();
  const { request, response } = await receiver.nth(1);
  t.equal(request.headers['webhook-id'], eventId);
  first.kill('SIGKILL');
  await once(first, 'exit');
  // The receiver has taken it, and there is nobody left to be told.
  response.end();

  const second = await run(t, env);
  t.equal(receiver.requests.length, 1, 'while the claim stands, nobody else tries');
  await db.pool.query('UPDATE webhook_deliveries SET leased_until = UTC_TIMESTAMP(3)');
  const again = await receiver.nth(2);
  t.equal(again.request.headers['webhook-id'], eventId, 'by which the receiver can tell');
  again.response.end();
  t.match(await ended(webhook), { status: 'delivered', attemptCount: 2 });

  await happens();
  const third = await receiver.nth(3);
  second.kill('SIGTERM');
  setTimeout(() => third.response.end(), 300);
  t.same(await once(second, 'exit'), [0, null]);
  const left = await db.prisma.webhookDelivery.count({ where: { status: 'pending' } });
  t.equal(left, 0, 'a process that is asked to end records what is under way');
});
