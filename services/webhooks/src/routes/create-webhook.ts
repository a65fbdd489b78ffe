import { limits } from '@comprimemelo/contracts/limits';
import { taskEndTypes, WebhookWithSecret } from '@comprimemelo/contracts/webhook';
import type { Transaction } from '@comprimemelo/prisma/client/client';
import { retrying } from '@comprimemelo/prisma/client/database-errors';
import { newId, toBytes } from '@comprimemelo/prisma/client/identifiers';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, ref, secured } from '@comprimemelo/service/http/openapi';
import { ProblemError } from '@comprimemelo/service/http/problem-error';
import Type, { type Static } from 'typebox';
import { requestedUrl } from '../addresses/requested-url.js';
import type { WebhooksDependencies } from '../dependencies.js';
import { requestedWebhook } from '../registrations/requested-webhook.js';
import { newSecret, sealSecret } from '../registrations/signing-secret.js';
import { toWebhook } from '../registrations/webhook-row.js';

const RequestBody = Type.Object(requestedWebhook);

const schema = {
  operationId: 'createWebhook',
  tags: ['Webhooks'],
  summary: 'Register a webhook',
  description:
    'From now on the address is told of every task that ends. Requests are signed by the `secret` of this answer, ' +
    'which is shown this once: see Standard Webhooks. What is not answered by 2xx within 15 seconds is tried again, ' +
    `with growing pauses, for more than a day. An account may have ${limits.webhooks} webhooks.`,
  security: secured,
  body: RequestBody,
  response: {
    201: { ...ref(WebhookWithSecret), description: 'The webhook, with its secret' },
    ...problemResponses(
      'invalid-request',
      'unauthenticated',
      'too-many-webhooks',
      'unsupported-media-type',
      'webhook-address-refused',
    ),
  },
};

/** Its owner's other requests of this kind wait: together they must not pass the limit. */
async function lockAccount(tx: Transaction, ownerId: Buffer<ArrayBuffer>): Promise<void> {
  const accounts = await tx.$queryRaw<unknown[]>`
    SELECT id FROM users WHERE id = ${ownerId} FOR UPDATE`;
  if (accounts.length > 0) return;
  throw new ProblemError('unauthenticated', { detail: 'The account was deleted.' });
}

async function insert(
  tx: Transaction,
  {
    url,
    events = [...taskEndTypes],
    enabled = true,
    description = null,
  }: Static<typeof RequestBody>,
  { ownerId, sealedSecret }: { ownerId: Buffer<ArrayBuffer>; sealedSecret: Buffer<ArrayBuffer> },
) {
  await lockAccount(tx, ownerId);
  const count = await tx.webhook.count({ where: { ownerId } });
  if (count >= limits.webhooks) throw new ProblemError('too-many-webhooks');
  const id = toBytes(newId());
  return tx.webhook.create({
    data: {
      id,
      ownerId,
      url,
      description,
      enabled,
      sealedSecret,
      events: JSON.stringify(events),
      createdAt: new Date(),
    },
  });
}

export function createWebhook(app: App, { db, policy, secretsKey }: WebhooksDependencies): void {
  app.post('/api/webhooks', { schema }, async (request, reply) => {
    const requested = { ...request.body, url: requestedUrl(request.body.url, policy) };
    const secret = newSecret();
    const row = { ownerId: toBytes(request.userId), sealedSecret: sealSecret(secret, secretsKey) };
    const webhook = await retrying(() =>
      db.prisma.$transaction((tx) => insert(tx, requested, row)),
    );
    const shown = toWebhook(webhook);
    reply.code(201).headers({ location: `/api/webhooks/${shown.id}`, 'cache-control': 'no-store' });
    return { ...shown, secret };
  });
}
