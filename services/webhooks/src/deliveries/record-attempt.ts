import { limits } from '@comprimemelo/contracts/limits';
import type { DeliveryAttempt } from '@comprimemelo/contracts/webhook';
import type { Database } from '@comprimemelo/prisma/client/client';
import type { Prisma } from '@comprimemelo/prisma/generated/client';
import type { Verdict } from './attempt-outcome.js';
import type { ClaimedDelivery } from './claim-deliveries.js';

function columnsOf(verdict: Verdict, now: Date): Prisma.WebhookDeliveryUpdateManyMutationInput {
  if (typeof verdict === 'string') return { status: verdict, nextAttemptAt: null, endedAt: now };
  return { nextAttemptAt: new Date(now.getTime() + verdict.pause) };
}

/**
 * Records an attempt and its outcome and releases the claim. Changes nothing if the claim has expired, because a later
 * attempt has a different number.
 */
export async function recordAttempt(
  { prisma }: Database,
  { id, attemptCount, attempts }: ClaimedDelivery,
  attempt: DeliveryAttempt,
  verdict: Verdict,
): Promise<void> {
  const before = JSON.parse(attempts) as DeliveryAttempt[];
  const shown = [...before, attempt].slice(-limits.shownAttempts);
  await prisma.webhookDelivery.updateMany({
    where: { id, attemptCount, status: 'pending' },
    data: {
      ...columnsOf(verdict, new Date()),
      attempts: JSON.stringify(shown),
      leasedUntil: null,
    },
  });
}
