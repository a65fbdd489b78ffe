import { IdParams } from '@comprimemelo/contracts/identifier';
import { Delivery, deliveryStatuses } from '@comprimemelo/contracts/webhook';
import { toBytes } from '@comprimemelo/prisma/client/identifiers';
import { selectPage } from '@comprimemelo/prisma/lists/keyset';
import type { App } from '@comprimemelo/service/http/http-app';
import {
  nextLink,
  pageOf,
  pageQuery,
  readCursor,
  writeCursor,
} from '@comprimemelo/service/http/keyset-page';
import { problemResponses, ref, secured, sends } from '@comprimemelo/service/http/openapi';
import { sendCacheable } from '@comprimemelo/service/http/send-cacheable';
import Type, { type Static } from 'typebox';
import { type DeliveryRow, deliveryColumns, toDelivery } from '../deliveries/delivery-row.js';
import type { WebhooksDependencies } from '../dependencies.js';
import { ownedWebhook } from '../registrations/owned-webhook.js';

const Query = Type.Object({
  ...pageQuery,
  status: Type.Optional(Type.Enum(deliveryStatuses)),
});

const schema = {
  operationId: 'listDeliveries',
  tags: ['Webhooks'],
  summary: 'List deliveries',
  description:
    'Returns one page of the deliveries to a webhook: those of the last 30 days and those still pending. Follow ' +
    '`nextCursor` or the `Link` header to the next page.',
  security: secured,
  params: IdParams,
  querystring: Query,
  response: {
    200: {
      ...pageOf(ref(Delivery)),
      ...sends('ETag', 'Link'),
      description: 'A page of deliveries',
    },
    304: {
      ...Type.Null(),
      ...sends('ETag'),
      description: 'Not modified: the client already has this page',
    },
    ...problemResponses(
      'invalid-request',
      'invalid-cursor',
      'unauthenticated',
      'webhook-not-found',
    ),
  },
};

const selection = (webhookId: string, { status }: Static<typeof Query>) => ({
  columns: deliveryColumns,
  table: 'webhook_deliveries',
  index: 'webhook_deliveries_webhook_id_id_idx',
  filters: [
    ['webhook_id = ?', toBytes(webhookId)],
    ['status = ?', status],
  ] as const,
});

export function listDeliveries(app: App, { db }: WebhooksDependencies): void {
  app.get('/api/webhooks/:id/deliveries', { schema }, async (request, reply) => {
    const { userId: ownerId, params, query } = request;
    const after = readCursor(query.cursor);
    await ownedWebhook(db.prisma, ownerId, params.id);
    const { rows, next } = await selectPage<DeliveryRow>(db.pool, selection(params.id, query), {
      ownerId,
      limit: query.limit,
      order: query.order,
      ...(after === undefined ? {} : { after }),
    });
    const nextCursor = writeCursor(next);
    if (nextCursor !== null) reply.header('link', nextLink(request, nextCursor));
    const page = { items: rows.map(toDelivery), nextCursor };
    return sendCacheable(request, reply, JSON.stringify(page));
  });
}
