import type { WebhookPayload } from '@comprimemelo/contracts/webhook';
import { newId, toBytes } from '@comprimemelo/prisma/client/identifiers';
import type { Webhook } from '@comprimemelo/prisma/generated/client';

/** The row of a delivery that is due at once. */
export function newDelivery(
  { id, ownerId }: Pick<Webhook, 'id' | 'ownerId'>,
  eventId: string,
  payload: WebhookPayload,
) {
  const now = new Date();
  return {
    id: toBytes(newId()),
    webhookId: id,
    ownerId,
    eventId: toBytes(eventId),
    type: payload.type,
    payload: JSON.stringify(payload),
    status: 'pending' as const,
    attempts: '[]',
    attemptCount: 0,
    roundCount: 0,
    nextAttemptAt: now,
    createdAt: now,
  };
}
