import type { Database } from '@comprimemelo/prisma/client/client';
import { toBytes } from '@comprimemelo/prisma/client/identifiers';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import type { FastifyRequest } from 'fastify';

/** Milliseconds after a log-in within which its session may do what cannot be undone. */
const recent = 600_000;

/**
 * Lets a request pass whose session began with a log-in a short while ago: whoever finds an access token, or a device
 * that is logged in, does not know the password. Throws `recent-log-in-needed`; `account-not-found` for a session
 * that is no more.
 */
export async function needRecentLogIn(
  { prisma }: Pick<Database, 'prisma'>,
  { sessionId, userId }: FastifyRequest,
): Promise<void> {
  if (sessionId === '') throw new ProblemError('recent-log-in-needed');
  const where = { familyId: toBytes(sessionId), userId: toBytes(userId) };
  const { _min } = await prisma.refreshToken.aggregate({ where, _min: { createdAt: true } });
  if (_min.createdAt === null) throw new ProblemError('account-not-found');
  if (Date.now() - _min.createdAt.getTime() > recent)
    throw new ProblemError('recent-log-in-needed');
}
