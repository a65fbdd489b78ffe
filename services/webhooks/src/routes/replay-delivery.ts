import { Delivery } from '@comprimemelo/contracts/webhook';
import { toBytes } from '@comprimemelo/prisma/client/identifiers';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, ref, secured, sends } from '@comprimemelo/service/http/openapi';
import { DeliveryParams } from '../deliveries/delivery-params.js';
import { toDelivery } from '../deliveries/delivery-row.js';
import type { WebhooksDependencies } from '../dependencies.js';
import { deliveryOf, ownedWebhook, refuseDisabled } from '../registrations/owned-webhook.js';

const schema = {
  operationId: 'replayDelivery',
  tags: ['Webhooks'],
  summary: 'Send an event again',
  description:
    'Sends the event immediately, with a new series of retries, whether it was delivered, has failed or is waiting for ' +
    'a retry. The `webhook-id` and the body stay the same.',
  security: secured,
  params: DeliveryParams,
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
      'delivery-not-found',
      'webhook-disabled',
    ),
  },
};

/** The columns of a due delivery. A running claim is kept, because the lease is not changed. */
const due = () => ({
  status: 'pending' as const,
  roundCount: 0,
  nextAttemptAt: new Date(),
  endedAt: null,
});

export function replayDelivery(app: App, { db, dispatcher }: WebhooksDependencies): void {
  const path = '/api/webhooks/:id/deliveries/:deliveryId/replay';
  app.post(path, { schema }, async ({ userId, params }, reply) => {
    const webhook = await ownedWebhook(db.prisma, userId, params.id);
    refuseDisabled(webhook);
    const where = { id: toBytes(params.deliveryId), webhookId: webhook.id };
    await db.prisma.webhookDelivery.updateMany({ where, data: due() });
    const replayed = await deliveryOf(db.prisma, webhook, params.deliveryId);
    dispatcher.wake();
    const location = `/api/webhooks/${params.id}/deliveries/${params.deliveryId}`;
    reply.code(202).headers({ location, 'retry-after': '1' });
    return toDelivery(replayed);
  });
}
