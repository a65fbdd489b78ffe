import type { Transaction } from '@comprimemelo/prisma/client/client';
import type { Family } from './refresh-tokens.js';

/** Milliseconds by which the clocks of two machines may differ. */
const clockDifference = 60_000;

interface Lifetimes {
  now: Date;
  /** When the last access token given until now has expired. */
  expiresAt: Date;
  /** A session whose last refresh token is older has no access token that is valid. */
  oldest: Date;
}

function lifetimes(accessTokenSeconds: number): Lifetimes {
  const now = new Date();
  const span = accessTokenSeconds * 1_000 + clockDifference;
  return {
    now,
    expiresAt: new Date(now.getTime() + span),
    oldest: new Date(now.getTime() - span),
  };
}

/** Ends a session: its refresh tokens at once, its access tokens as soon as every service has heard of it. */
export async function endSession(
  tx: Transaction,
  { id }: Pick<Family, 'id'>,
  accessTokenSeconds: number,
): Promise<void> {
  const { now, expiresAt } = lifetimes(accessTokenSeconds);
  const where = { familyId: id, revokedAt: null };
  await tx.refreshToken.updateMany({ where, data: { revokedAt: now } });
  await tx.$executeRaw`INSERT IGNORE INTO ended_sessions (id, ended_at, expires_at)
    VALUES (${id}, ${now}, ${expiresAt})`;
}

/** Ends every session of a user. */
export async function endSessionsOf(
  tx: Transaction,
  userId: Uint8Array,
  accessTokenSeconds: number,
): Promise<void> {
  const { now, expiresAt, oldest } = lifetimes(accessTokenSeconds);
  const owner = Uint8Array.from(userId);
  const where = { userId: owner, revokedAt: null };
  await tx.refreshToken.updateMany({ where, data: { revokedAt: now } });
  await tx.$executeRaw`INSERT IGNORE INTO ended_sessions (id, ended_at, expires_at)
    SELECT DISTINCT family_id, ${now}, ${expiresAt} FROM refresh_tokens
    WHERE user_id = ${owner} AND created_at >= ${oldest}`;
}
