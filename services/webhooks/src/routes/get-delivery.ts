import { DeliveryDetails } from '@comprimemelo/contracts/webhook';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, ref, secured, sends } from '@comprimemelo/service/http/openapi';
import { sendCacheable } from '@comprimemelo/service/http/send-cacheable';
import Type from 'typebox';
import { DeliveryParams } from '../deliveries/delivery-params.js';
import { toDeliveryDetails } from '../deliveries/delivery-row.js';
import type { WebhooksDependencies } from '../dependencies.js';
import { deliveryOf, ownedWebhook } from '../registrations/owned-webhook.js';

const schema = {
  operationId: 'getDelivery',
  tags: ['Webhooks'],
  summary: 'Get a delivery',
  description:
    'Returns the request body and the attempts: when each was made, how the receiver responded, and how long it took.',
  security: secured,
  params: DeliveryParams,
  response: {
    200: { ...ref(DeliveryDetails), ...sends('ETag'), description: 'The delivery' },
    304: {
      ...Type.Null(),
      ...sends('ETag'),
      description: 'Not modified: the client already has this state',
    },
    ...problemResponses(
      'invalid-request',
      'unauthenticated',
      'webhook-not-found',
      'delivery-not-found',
    ),
  },
};

export function getDelivery(app: App, { db }: WebhooksDependencies): void {
  app.get('/api/webhooks/:id/deliveries/:deliveryId', { schema }, async (request, reply) => {
    const { userId, params } = request;
    const webhook = await ownedWebhook(db.prisma, userId, params.id);
    const delivery = toDeliveryDetails(await deliveryOf(db.prisma, webhook, params.deliveryId));
    return sendCacheable(request, reply, JSON.stringify(delivery));
  });
}
