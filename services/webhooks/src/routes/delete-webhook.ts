import { IdParams } from '@comprimemelo/contracts/identifier';
import { toBytes } from '@comprimemelo/prisma/client/identifiers';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, secured } from '@comprimemelo/service/http/openapi';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import Type from 'typebox';
import type { WebhooksDependencies } from '../dependencies.js';
import { removeWebhooks } from '../registrations/remove-webhooks.js';

const schema = {
  operationId: 'deleteWebhook',
  tags: ['Webhooks'],
  summary: 'Delete a webhook',
  description: 'Deletes the webhook and its deliveries. No further events are sent to it.',
  security: secured,
  params: IdParams,
  response: {
    204: { ...Type.Null(), description: 'The webhook was deleted' },
    ...problemResponses('invalid-request', 'unauthenticated', 'webhook-not-found'),
  },
};

export function deleteWebhook(app: App, { db }: WebhooksDependencies): void {
  app.delete('/api/webhooks/:id', { schema }, async ({ userId, params }, reply) => {
    const where = { id: toBytes(params.id), ownerId: toBytes(userId) };
    if ((await removeWebhooks(db, where)) === 0) throw new ProblemError('webhook-not-found');
    return reply.code(204).send(null);
  });
}
