import { IdParams } from '@comprimemelo/contracts/identifier';
import { Delivery, webhookTestType } from '@comprimemelo/contracts/webhook';
import type { Transaction } from '@comprimemelo/prisma/client/client';
import { retrying } from '@comprimemelo/prisma/client/database-errors';
import { newId } from '@comprimemelo/prisma/client/identifiers';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, ref, secured, sends } from '@comprimemelo/service/http/openapi';
import { toDelivery } from '../deliveries/delivery-row.js';
import { newDelivery } from '../deliveries/new-delivery.js';
import type { WebhooksDependencies } from '../dependencies.js';
import { lockWebhook, refuseDisabled } from '../registrations/owned-webhook.js';

const schema = {
  operationId: 'testWebhook',
  tags: ['Webhooks'],
  summary: 'Send a test event',
  description:
    'Sends an event of type `webhook.test`, signed and retried like any other. Use getDelivery to see the outcome.',
  security: secured,
  params: IdParams,
  response: {
    202: {
      ...ref(Delivery),
      ...sends('Location', 'Retry-After'),
      description: 'The event is being sent',
    },
    ...problemResponses(
      'invalid-request',
      'unauthenticated',
      'webhook-not-found',
      'webhook-disabled',
    ),
  },
};

async function enterTest(tx: Transaction, userId: string, webhookId: string) {
  const webhook = await lockWebhook(tx, userId, webhookId);
  refuseDisabled(webhook);
  const timestamp = new Date().toISOString();
  const payload = { type: webhookTestType, timestamp, data: { webhookId } } as const;
  return tx.webhookDelivery.create({ data: newDelivery(webhook, newId(), payload) });
}

export function testWebhook(app: App, { db, dispatcher }: WebhooksDependencies): void {
  app.post('/api/webhooks/:id/test', { schema }, async ({ userId, params }, reply) => {
    const entered = await retrying(() =>
      db.prisma.$transaction((tx) => enterTest(tx, userId, params.id)),
    );
    const delivery = toDelivery(entered);
    dispatcher.wake();
    const location = `/api/webhooks/${params.id}/deliveries/${delivery.id}`;
    reply.code(202).headers({ location, 'retry-after': '1' });
    return delivery;
  });
}
