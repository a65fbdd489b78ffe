import { IdParams } from '@comprimemelo/contracts/identifier';
import { Webhook } from '@comprimemelo/contracts/webhook';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, ref, secured, sends } from '@comprimemelo/service/http/openapi';
import { sendCacheable } from '@comprimemelo/service/http/send-cacheable';
import Type from 'typebox';
import type { WebhooksDependencies } from '../dependencies.js';
import { ownedWebhook } from '../registrations/owned-webhook.js';
import { toWebhook } from '../registrations/webhook-row.js';

const schema = {
  operationId: 'getWebhook',
  tags: ['Webhooks'],
  summary: 'Get a webhook',
  description:
    'Returns its address, the events that it receives, and whether the service has disabled it. The secret is never returned.',
  security: secured,
  params: IdParams,
  response: {
    200: { ...ref(Webhook), ...sends('ETag'), description: 'The webhook' },
    304: {
      ...Type.Null(),
      ...sends('ETag'),
      description: 'Not modified: the client already has this state',
    },
    ...problemResponses('invalid-request', 'unauthenticated', 'webhook-not-found'),
  },
};

export function getWebhook(app: App, { db }: WebhooksDependencies): void {
  app.get('/api/webhooks/:id', { schema }, async (request, reply) => {
    const { userId, params } = request;
    const webhook = toWebhook(await ownedWebhook(db.prisma, userId, params.id));
    return sendCacheable(request, reply, JSON.stringify(webhook));
  });
}
