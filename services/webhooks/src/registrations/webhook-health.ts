import type { DisabledReason } from '@comprimemelo/contracts/webhook';
import type { Database } from '@comprimemelo/prisma/client/client';
import type { Webhook } from '@comprimemelo/prisma/generated/client';

/** Milliseconds of continuous failure after which a webhook is disabled. */
export const failingBound = 5 * 24 * 3_600_000;

/** Records that the receiver accepted an event. */
export async function noteSuccess({ prisma }: Database, webhook: Webhook): Promise<void> {
  if (webhook.failingSince === null) return;
  await prisma.webhook.updateMany({ where: { id: webhook.id }, data: { failingSince: null } });
}

/** Records a failure. The time of the first in a series of failures is kept. */
export async function noteFailure({ prisma }: Database, webhook: Webhook, at: Date): Promise<void> {
  if (webhook.failingSince !== null) return;
  const where = { id: webhook.id, failingSince: null };
  await prisma.webhook.updateMany({ where, data: { failingSince: at } });
}

/** Disables a webhook until its owner enables it again. */
export async function disableWebhook(
  { prisma }: Database,
  { id }: Pick<Webhook, 'id'>,
  reason: DisabledReason,
): Promise<void> {
  const where = { id, enabled: true };
  await prisma.webhook.updateMany({ where, data: { enabled: false, disabledReason: reason } });
}
