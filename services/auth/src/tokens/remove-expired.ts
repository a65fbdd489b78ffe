import type { Database } from '@comprimemelo/prisma/client/client';
import type { Logger } from '@comprimemelo/service/process/logger';

const hour = 3_600_000;
const day = 24 * hour;

/** Deletes expired rows. Failures count against an account for a day after its last delay. */
async function deleteExpired({ prisma }: Database): Promise<void> {
  const expired = { where: { expiresAt: { lt: new Date() } } };
  await prisma.refreshToken.deleteMany(expired);
  await prisma.passwordReset.deleteMany(expired);
  await prisma.endedSession.deleteMany(expired);
  await prisma.attemptCount.deleteMany({ where: { until: { lt: new Date(Date.now() - day) } } });
}

/** Deletes expired refresh tokens, password resets, ended sessions and counts every hour. */
export function removeExpired(db: Database, logger: Logger): { close(): void } {
  const timer = setInterval(() => {
    deleteExpired(db).catch((err: unknown) =>
      logger.error({ err }, 'expired rows could not be deleted'),
    );
  }, hour);
  return { close: () => clearInterval(timer) };
}
