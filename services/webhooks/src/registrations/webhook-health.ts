import type { DisabledReason } from '@comprimemelo/contracts/webhook';
import type { Database } from '@comprimemelo/prisma/client/client';
import type { Webhook } from '@comprimemelo/prisma/generated/client';

/** Milliseconds of failures alone after which a webhook is disabled. */
export const failingBound = 5 * 24 * 3_600_000;

/** The address has taken an event. */
export async function noteSuccess({ prisma }: Database, webhook: Webhook): Promise<void> {
  if (webhook.failingSince === null) return;
  await prisma.webhook.updateMany({ where: { id: webhook.id }, data: { failingSince: null } });
}

/** The address has not. The first failure of a row of them is remembered. */
export async function noteFailure({ prisma }: Database, webhook: Webhook, at: Date): Promise<void> {
  if (webhook.failingSince !== null) return;
  const where = { id: webhook.id, failingSince: null };
  await prisma.webhook.updateMany({ where, data: { failingSince: at } });
}

/** Sends it nothing more, until its owner enables it again. */
export async function disableWebhook(
  { prisma }: Database,
  { id }: Pick<Webhook, 'id'>,
  reason: DisabledReason,
): Promise<void> {
  const where = { id, enabled: true };
  await prisma.webhook.updateMany({ where, data: { enabled: false, disabledReason: reason } });
}
