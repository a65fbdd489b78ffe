import type { Database } from '@comprimemelo/prisma/client/client';
import type { IdempotencyKey } from '@comprimemelo/prisma/generated/client';

/** Milliseconds for which a claim holds that is not renewed. */
const lease = 12_000;
/** Milliseconds between renewals: three may fail. */
const usualPause = 3_000;
/** Milliseconds after which a claim of a version without leases counts as dead. */
const withoutLease = 3_600_000;

export const leaseFrom = (now: Date): Date => new Date(now.getTime() + lease);

/** Whether the process that made this claim has died, or has lost the database for too long. */
export const isDead = (
  {
    response,
    leaseUntil,
    createdAt,
  }: Pick<IdempotencyKey, 'response' | 'leaseUntil' | 'createdAt'>,
  now: Date,
): boolean =>
  response === null &&
  now.getTime() > (leaseUntil?.getTime() ?? createdAt.getTime() + withoutLease);

/** One claim of a key: another one under it was made at another time. */
export interface Claim {
  ownerId: Uint8Array<ArrayBuffer>;
  keyHash: Uint8Array<ArrayBuffer>;
  createdAt: Date;
}

/**
 * Renews a claim until `stop`, for as long as its request runs. A renewal that fails is made up for by the next; a
 * claim that another request has taken over is not found, and its task is not created either.
 */
export function renewLease(
  { prisma }: Pick<Database, 'prisma'>,
  claim: Claim,
  { pause = usualPause }: { pause?: number } = {},
): { stop(): void } {
  const timer = setInterval(() => {
    prisma.idempotencyKey
      .updateMany({
        where: { ...claim, response: null },
        data: { leaseUntil: leaseFrom(new Date()) },
      })
      .catch(() => undefined);
  }, pause);
  return { stop: () => clearInterval(timer) };
}
