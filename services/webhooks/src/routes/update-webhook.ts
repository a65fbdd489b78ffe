import { IdParams } from '@comprimemelo/contracts/identifier';
import { Webhook } from '@comprimemelo/contracts/webhook';
import { toBytes } from '@comprimemelo/prisma/client/identifiers';
import type { Prisma } from '@comprimemelo/prisma/generated/client';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, ref, secured } from '@comprimemelo/service/http/openapi';
import Type, { type Static } from 'typebox';
import type { AddressPolicy } from '../addresses/address-policy.js';
import { requestedUrl } from '../addresses/requested-url.js';
import type { WebhooksDependencies } from '../dependencies.js';
import { ownedWebhook } from '../registrations/owned-webhook.js';
import { requestedWebhook } from '../registrations/requested-webhook.js';
import { toWebhook } from '../registrations/webhook-row.js';

const RequestBody = Type.Object(
  { ...requestedWebhook, url: Type.Optional(requestedWebhook.url) },
  { minProperties: 1 },
);

const schema = {
  operationId: 'updateWebhook',
  tags: ['Webhooks'],
  summary: 'Change a webhook',
  description:
    'Fields that you omit keep their values. A webhook that is enabled again receives events from that moment on; use ' +
    'replayDelivery for those that it missed. Pending deliveries go to the new address.',
  security: secured,
  params: IdParams,
  body: RequestBody,
  response: {
    200: { ...ref(Webhook), description: 'The updated webhook' },
    ...problemResponses(
      'invalid-request',
      'unauthenticated',
      'webhook-not-found',
      'unsupported-media-type',
      'webhook-address-refused',
    ),
  },
};

function columnsOf(
  { url, events, enabled, description }: Static<typeof RequestBody>,
  policy: AddressPolicy,
): Prisma.WebhookUpdateManyMutationInput {
  // The owner decides, so the recorded health is reset.
  const health = { disabledReason: null, failingSince: null };
  return {
    ...(url !== undefined && { url: requestedUrl(url, policy) }),
    ...(events !== undefined && { events: JSON.stringify(events) }),
    ...(enabled !== undefined && { enabled, ...health }),
    ...(description !== undefined && { description }),
  };
}

export function updateWebhook(app: App, { db, policy }: WebhooksDependencies): void {
  app.patch('/api/webhooks/:id', { schema }, async ({ userId, params, body }) => {
    const data = columnsOf(body, policy);
    const where = { id: toBytes(params.id), ownerId: toBytes(userId) };
    await db.prisma.webhook.updateMany({ where, data });
    return toWebhook(await ownedWebhook(db.prisma, userId, params.id));
  });
}
