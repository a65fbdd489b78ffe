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
  summary: 'Replace the secret of a webhook',
  description:
    'For 24 hours both secrets sign, so that the receiver can be given the new one without missing an event. A secret ' +
    'that was replaced before signs no more.',
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
  // Of two rotations at once, the second one replaces what the first has made.
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
