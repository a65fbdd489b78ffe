import { hexOf } from '@comprimemelo/prisma/client/identifiers';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AuthDependencies } from '../dependencies.js';
import { readCounts } from '../throttling/attempt-counts.js';

/** The account whose password is checked, or a name without an account. */
export type Claimant = { id: Uint8Array; passwordHash: string } | { unknownName: string };

/** The key under which failures are counted. An unknown name is delayed like a known one. */
export const subjectOf = (claimant: Claimant): string =>
  'id' in claimant ? hexOf(claimant.id) : `name ${claimant.unknownName.toLowerCase()}`;

const none = { count: 0, wait: 0 };

/**
 * Whether the password belongs to the claimant. Throws `too-many-attempts` while the account or the IP address has to
 * wait: before hashing, and again after hashing, for concurrent attempts.
 */
export async function checkPassword(
  { db, passwords, throttles }: Pick<AuthDependencies, 'db' | 'passwords' | 'throttles'>,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  { claimant, password }: { claimant: Claimant; password: string },
): Promise<boolean> {
  const { account, logInFailures } = throttles;
  const subject = subjectOf(claimant);
  const ids = [logInFailures.idOf(request), account.idOf(subject)];
  /** Returns whether the account has failures. */
  async function mayTry(): Promise<boolean> {
    const [ofAddress = none, ofAccount = none] = await readCounts(db.pool, ids);
    logInFailures.judge(ofAddress, reply);
    account.judge(ofAccount);
    return ofAccount.count > 0;
  }
  await mayTry();
  const known = 'id' in claimant ? claimant.passwordHash : undefined;
  if (await passwords.matches(known, password)) {
    if (await mayTry()) await account.clear(subject);
    return true;
  }
  await logInFailures.take(request, reply);
  await account.fail(subject);
  return false;
}
