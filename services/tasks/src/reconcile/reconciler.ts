import type { BrokerConnection } from '@comprimemelo/messaging/connection';
import type { Database } from '@comprimemelo/prisma/client/client';
import type { Logger } from '@comprimemelo/service/process/logger';
import type { StorageClient } from '@comprimemelo/storage-client/storage-client';
import { removeOrphans } from './remove-orphans.js';
import { requeueWaiting } from './requeue-waiting.js';

export interface ReconcilerDependencies {
  db: Database;
  broker: BrokerConnection;
  storage: StorageClient;
  relay: { wake(): void };
  logger: Logger;
}

const minute = 60_000;

/**
 * Repairs in the background what a crash or a lost disk left behind: jobs every minute, blobs and idempotency keys
 * every hour. Several instances may run at the same time, because every step is idempotent.
 */
export function startReconciler(dependencies: ReconcilerDependencies): { close(): Promise<void> } {
  const { db, relay, logger } = dependencies;
  let running: Promise<void> = Promise.resolve();

  const every = (milliseconds: number, name: string, step: () => Promise<unknown>) =>
    setInterval(() => {
      running = running
        .then(async () => void (await step()))
        .catch((err: unknown) => logger.error({ err }, `reconciling failed: ${name}`));
    }, milliseconds);

  const timers = [
    every(minute, 'jobs', async () => {
      if ((await requeueWaiting(dependencies)) > 0) relay.wake();
    }),
    every(60 * minute, 'blobs', () => removeOrphans(dependencies)),
    every(60 * minute, 'idempotency keys', () =>
      db.prisma.idempotencyKey.deleteMany({ where: { expiresAt: { lt: new Date() } } }),
    ),
  ];

  return {
    async close() {
      for (const timer of timers) clearInterval(timer);
      await running;
    },
  };
}
