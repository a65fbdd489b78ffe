import { IdParams } from '@comprimemelo/contracts/identifier';
import { WebhookSecret } from '@comprimemelo/contracts/webhook';
import type { Transaction } from '@comprimemelo/prisma/client/client';
import { retrying } from '@comprimemelo/prisma/client/database-errors';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, secured } from '@comprimemelo/service/http/openapi';
import Type from 'typebox';
import type { WebhooksDependencies } from '../dependencies.js';
import { lockWebhook } from '../registrations/owned-webhook.js';
import { formerSecretLife, newSecret, sealSecret } from '../registrations/signing-secret.js';

const schema = {
  operationId: 'rotateWebhookSecret',
  tags: ['Webhooks'],
  summary: "Rotate a webhook's secret",
  description:
    'For 24 hours, requests are signed with both the old and the new secret, so you can update the receiver without ' +
    'losing an event. Any secret older than these two stops being used.',
  security: secured,
  params: IdParams,
  response: {
    200: { ...Type.Object({ secret: WebhookSecret }), description: 'The new secret' },
    ...problemResponses('invalid-request', 'unauthenticated', 'webhook-not-found'),
  },
};

async function replaceSecret(
  tx: Transaction,
  { userId, id, sealedSecret }: { userId: string; id: string; sealedSecret: Buffer<ArrayBuffer> },
): Promise<void> {
  // Of two concurrent rotations, the second replaces the secret of the first.
  const webhook = await lockWebhook(tx, userId, id);
  await tx.webhook.update({
    where: { id: webhook.id },
    data: {
      sealedSecret,
      formerSecret: webhook.sealedSecret,
      formerSecretUntil: new Date(Date.now() + formerSecretLife),
    },
  });
}

export function rotateWebhookSecret(app: App, { db, secretsKey }: WebhooksDependencies): void {
  app.post('/api/webhooks/:id/secret', { schema }, async ({ userId, params }, reply) => {
    const secret = newSecret();
    const wanted = { userId, id: params.id, sealedSecret: sealSecret(secret, secretsKey) };
    await retrying(() => db.prisma.$transaction((tx) => replaceSecret(tx, wanted)));
    reply.header('cache-control', 'no-store');
    return { secret };
  });
}
