import type { WebhookEvent } from '@comprimemelo/contracts/messages';
import type { Database } from '@comprimemelo/prisma/client/client';
import { toBytes } from '@comprimemelo/prisma/client/identifiers';
import { newDelivery } from '../deliveries/new-delivery.js';

/**
 * Creates a delivery of the event for each enabled webhook of its owner that subscribes to it, and returns how many
 * are new. Idempotent: an event is recorded once per webhook.
 */
export async function enterEvent(
  { prisma }: Database,
  { eventId, ownerId, payload }: WebhookEvent,
): Promise<number> {
  const webhooks = await prisma.webhook.findMany({
    where: { ownerId: toBytes(ownerId), enabled: true },
    select: { id: true, ownerId: true, events: true },
  });
  const registered = webhooks.filter(({ events }) =>
    (JSON.parse(events) as string[]).includes(payload.type),
  );
  if (registered.length === 0) return 0;
  const data = registered.map((webhook) => newDelivery(webhook, eventId, payload));
  const { count } = await prisma.webhookDelivery.createMany({ data, skipDuplicates: true });
  return count;
}
