import { Webhook } from '@comprimemelo/contracts/webhook';
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
import Type from 'typebox';
import type { WebhooksDependencies } from '../dependencies.js';
import { toWebhook, type WebhookRow, webhookSelection } from '../registrations/webhook-row.js';

const schema = {
  operationId: 'listWebhooks',
  tags: ['Webhooks'],
  summary: 'List webhooks',
  description:
    'Returns one page of your webhooks. Follow `nextCursor` or the `Link` header to the next page.',
  security: secured,
  querystring: Type.Object(pageQuery),
  response: {
    200: { ...pageOf(ref(Webhook)), ...sends('ETag', 'Link'), description: 'A page of webhooks' },
    304: {
      ...Type.Null(),
      ...sends('ETag'),
      description: 'Not modified: the client already has this page',
    },
    ...problemResponses('invalid-request', 'invalid-cursor', 'unauthenticated'),
  },
};

export function listWebhooks(app: App, { db }: WebhooksDependencies): void {
  app.get('/api/webhooks', { schema }, async (request, reply) => {
    const { cursor, ...query } = request.query;
    const after = readCursor(cursor);
    const { rows, next } = await selectPage<WebhookRow>(db.pool, webhookSelection, {
      ownerId: request.userId,
      ...query,
      ...(after === undefined ? {} : { after }),
    });
    const nextCursor = writeCursor(next);
    if (nextCursor !== null) reply.header('link', nextLink(request, nextCursor));
    return sendCacheable(
      request,
      reply,
      JSON.stringify({ items: rows.map(toWebhook), nextCursor }),
    );
  });
}
