import { limits } from '@comprimemelo/contracts/limits';
import { taskEndTypes, WebhookWithSecret } from '@comprimemelo/contracts/webhook';
import type { Transaction } from '@comprimemelo/prisma/client/client';
import { retrying } from '@comprimemelo/prisma/client/database-errors';
import { newId, toBytes } from '@comprimemelo/prisma/client/identifiers';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, ref, secured, sends } from '@comprimemelo/service/http/openapi';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
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
    'From now on, an event is sent to this address each time a task finishes. Requests are signed with the `secret` in ' +
    'this response, which is shown only once: see Standard Webhooks. A delivery that does not get a 2xx response within ' +
    `15 seconds is retried with increasing delays for more than a day. An account can have up to ${limits.webhooks} webhooks.`,
  security: secured,
  body: RequestBody,
  response: {
    201: {
      ...ref(WebhookWithSecret),
      ...sends('Location'),
      description: 'The new webhook and its secret',
    },
    ...problemResponses(
      'invalid-request',
      'unauthenticated',
      'too-many-webhooks',
      'unsupported-media-type',
      'webhook-address-refused',
    ),
  },
};

/** Serializes the requests of one account, so that together they cannot exceed the limit. */
async function lockAccount(tx: Transaction, ownerId: Buffer<ArrayBuffer>): Promise<void> {
  const accounts = await tx.$queryRaw<unknown[]>`
    SELECT id FROM users WHERE id = ${ownerId} FOR UPDATE`;
  if (accounts.length > 0) return;
  throw new ProblemError('unauthenticated', {
    detail: 'The account was deleted. Log in with another account, or sign up.',
  });
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
