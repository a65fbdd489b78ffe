import type { Database } from '@comprimemelo/prisma/client';
import type { Logger } from '@comprimemelo/service/logger';

const hour = 3_600_000;

/** Deletes refresh tokens that nobody can use any more, every hour. */
export function removeExpiredTokens(db: Database, logger: Logger): { close(): void } {
  const timer = setInterval(() => {
    db.prisma.refreshToken
      .deleteMany({ where: { expiresAt: { lt: new Date() } } })
      .catch((err: unknown) => logger.error({ err }, 'expired refresh tokens were not deleted'));
  }, hour);
  return { close: () => clearInterval(timer) };
}
