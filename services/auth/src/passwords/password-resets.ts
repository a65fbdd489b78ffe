import { createHash, randomBytes } from 'node:crypto';
import type { Transaction } from '@comprimemelo/prisma/client/client';

/** Lifetime of a reset link in milliseconds. */
const lifetime = 30 * 60_000;
/** Maximum number of valid links per account, so that nobody's mailbox is flooded. */
const mostLiving = 3;

/** How a token is stored. */
export const resetHash = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Stores a new token for a user and returns it; undefined if the limit is reached. */
export async function insertReset(
  tx: Transaction,
  userId: Uint8Array,
): Promise<string | undefined> {
  const now = Date.now();
  const ofUser = { userId: Uint8Array.from(userId) };
  const living = { ...ofUser, expiresAt: { gt: new Date(now) } };
  if ((await tx.passwordReset.count({ where: living })) >= mostLiving) return undefined;
  const token = randomBytes(32).toString('base64url');
  const times = { createdAt: new Date(now), expiresAt: new Date(now + lifetime) };
  const tokenHash = Uint8Array.from(resetHash(token));
  await tx.passwordReset.create({ data: { ...ofUser, ...times, tokenHash } });
  return token;
}
