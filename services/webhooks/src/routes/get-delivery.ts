import { DeliveryDetails } from '@comprimemelo/contracts/webhook';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, ref, secured } from '@comprimemelo/service/http/openapi';
import { sendCacheable } from '@comprimemelo/service/http/send-cacheable';
import Type from 'typebox';
import { DeliveryParams } from '../deliveries/delivery-params.js';
import { toDeliveryDetails } from '../deliveries/delivery-row.js';
import type { WebhooksDependencies } from '../dependencies.js';
import { deliveryOf, ownedWebhook } from '../registrations/owned-webhook.js';

const schema = {
  operationId: 'getDelivery',
  tags: ['Webhooks'],
  summary: 'A delivery',
  description:
    'With the body as it is sent, and each try: when, how it was answered, how long it took.',
  security: secured,
  params: DeliveryParams,
  response: {
    200: { ...ref(DeliveryDetails), description: 'The delivery' },
    304: { ...Type.Null(), description: 'The client has this state of it' },
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
