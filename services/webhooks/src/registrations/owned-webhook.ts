import type { Transaction } from '@comprimemelo/prisma/client/client';
import { toBytes } from '@comprimemelo/prisma/client/identifiers';
import type { Webhook, WebhookDelivery } from '@comprimemelo/prisma/generated/client';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';

/** The webhook `id` of this owner. Throws `webhook-not-found` if there is none or if it belongs to another account. */
export async function ownedWebhook(
  prisma: Pick<Transaction, 'webhook'>,
  ownerId: string,
  id: string,
): Promise<Webhook> {
  const where = { id: toBytes(id), ownerId: toBytes(ownerId) };
  const webhook = await prisma.webhook.findFirst({ where });
  if (webhook === null) throw new ProblemError('webhook-not-found');
  return webhook;
}

/** The same, locked until the transaction ends. */
export async function lockWebhook(tx: Transaction, ownerId: string, id: string): Promise<Webhook> {
  await tx.$queryRaw`SELECT id FROM webhooks
    WHERE id = ${toBytes(id)} AND owner_id = ${toBytes(ownerId)} FOR UPDATE`;
  return ownedWebhook(tx, ownerId, id);
}

/** Throws `webhook-disabled` if the webhook is disabled. */
export function refuseDisabled({ enabled }: Webhook): void {
  if (!enabled) throw new ProblemError('webhook-disabled');
}

/** The delivery `id` to this webhook. Throws `delivery-not-found`. */
export async function deliveryOf(
  prisma: Pick<Transaction, 'webhookDelivery'>,
  { id: webhookId, ownerId }: Webhook,
  id: string,
): Promise<WebhookDelivery> {
  const where = { id: toBytes(id), webhookId, ownerId };
  const delivery = await prisma.webhookDelivery.findFirst({ where });
  if (delivery === null) throw new ProblemError('delivery-not-found');
  return delivery;
}
