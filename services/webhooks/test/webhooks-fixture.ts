import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { WebhookEvent } from '@comprimemelo/contracts/messages';
import type { DeliveryDetails, Webhook } from '@comprimemelo/contracts/webhook';
import { openDatabase } from '@comprimemelo/prisma/client/client';
import { newId, toBytes } from '@comprimemelo/prisma/client/identifiers';
import { createLogger, type Logger } from '@comprimemelo/service/process/logger';
import { testDatabase } from '@comprimemelo/testing/database';
import { testTokens } from '@comprimemelo/testing/tokens';
import type { LightMyRequestResponse } from 'fastify';
import root, { type Test } from 'tap';
import type { AddressPolicy } from '../src/address-policy.js';
import { buildApp } from '../src/app.js';
import { type Dispatcher, type DispatcherOptions, startDispatcher } from '../src/dispatcher.js';
import { enterEvent } from '../src/enter-event.js';
import { createSender } from '../src/sender.js';
import type { Receiver } from './receiver.js';

/** WEBHOOK_SECRETS_KEY of the tests. */
export const secretsKey = randomBytes(32).toString('base64url');

/** One database for a whole test file: to make it takes longer than most tests. */
async function openBackend() {
  const database = await testDatabase();
  const db = openDatabase(database.url);
  root.teardown(async () => {
    await db.close();
    await database.drop();
  });
  return { db, url: database.url };
}

let backend: ReturnType<typeof openBackend> | undefined;

async function cleanBackend() {
  backend ??= openBackend();
  const { db, url } = await backend;
  await db.prisma.webhook.deleteMany();
  await db.prisma.user.deleteMany();
  return { db, url };
}

const publicOnly: AddressPolicy = { allowHttp: false, allowPrivate: false };

export type CreatedWebhook = Webhook & { secret: string };

interface RequestOptions {
  by?: string;
  payload?: object | undefined;
  headers?: Record<string, string>;
}

/** An event of a task that has ended. */
export const taskEvent = (
  ownerId: string,
  type: WebhookEvent['payload']['type'] = 'task.processed',
): WebhookEvent => {
  const now = new Date().toISOString();
  const status = type.replace('task.', '') as 'processed';
  const result = { format: 'zip', resultCount: 1, attempts: 1, error: null };
  const times = { createdAt: now, startedAt: now, finishedAt: now };
  const data = { id: newId(), operation: 'compress' as const, status, ...result, ...times };
  return { eventId: newId(), ownerId, payload: { type, timestamp: now, data } as never };
};

/** The service's app over an empty database, and a user. Nothing is sent before `dispatch`. */
export async function webhooksFixture(t: Test, { policy = publicOnly } = {}) {
  const { db, url } = await cleanBackend();
  const logger: Logger = createLogger('webhooks', 'silent');
  const tokens = testTokens();
  const dispatchers: Dispatcher[] = [];
  const wake = () => dispatchers.map((dispatcher) => dispatcher.wake());
  const app = await buildApp({
    ...{ db, dispatcher: { wake }, policy, secretsKey, logger, checks: {} },
    verify: tokens.verify,
  });
  t.teardown(() => app.close());

  const newUser = async (username: string) => {
    const id = newId();
    const person = { username, email: `${username}@example.com`, passwordHash: '' };
    await db.prisma.user.create({ data: { id: toBytes(id), ...person, createdAt: new Date() } });
    return id;
  };
  const userId = await newUser('ada');

  const request = (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    { by = userId, payload, headers = {} }: RequestOptions = {},
  ): Promise<LightMyRequestResponse> =>
    app.inject({
      ...{ method, url: `/api/webhooks${path}` },
      headers: { ...tokens.headersOf(by), ...headers },
      ...(payload === undefined ? {} : { payload }),
    });

  const fixture = {
    ...{ app, db, databaseUrl: url, userId, newUser, request, logger, wake },
    created: async (payload: object = { url: 'https://hooks.example/' }, by = userId) =>
      (await request('POST', '', { payload, by })).json() as CreatedWebhook,
    /** Sends to the receivers what is due, with short pauses between the tries. */
    dispatch({ ca }: Pick<Receiver, 'ca'>, options: Partial<DispatcherOptions> = {}) {
      const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
      const allowed = { allowHttp: false, allowPrivate: true };
      const sender = createSender({ policy: allowed, resolve, ca, timeout: 2_000 });
      const dispatcher = startDispatcher({
        ...{ db, sender, secretsKey, logger, pauses: [20, 20, 20], sweepInterval: 20 },
        ...options,
      });
      dispatchers.push(dispatcher);
      let closed: Promise<void> | undefined;
      const close = () => {
        closed ??= dispatcher.close().then(() => sender.close());
        return closed;
      };
      t.teardown(close);
      return { ...dispatcher, close };
    },
    /** Enters an event of the user's; what it says is the payload. */
    async happens(event = taskEvent(userId)) {
      await enterEvent(db, event);
      wake();
      return event;
    },
    async deliveries({ id }: Pick<Webhook, 'id'>) {
      const rows = await db.prisma.webhookDelivery.findMany({
        ...{ where: { webhookId: toBytes(id) }, orderBy: { id: 'asc' } },
      });
      return rows.map((row) => ({ ...row, attempts: JSON.parse(row.attempts) }));
    },
    /** The only delivery to a webhook, once it has ended. */
    async ended({ id }: Pick<Webhook, 'id'>): Promise<DeliveryDetails> {
      for (;;) {
        const { items } = (await request('GET', `/${id}/deliveries`)).json();
        if (items.length === 1 && items[0].status !== 'pending') {
          return (await request('GET', `/${id}/deliveries/${items[0].id}`)).json();
        }
        await pause(20);
      }
    },
  };
  return fixture;
}
