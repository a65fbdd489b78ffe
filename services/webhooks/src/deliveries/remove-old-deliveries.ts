import type { Database } from '@comprimemelo/prisma/client/client';

const day = 24 * 3_600_000;
const kept = 30 * day;
/** Rows per statement, to keep locks short. */
const rowsAtOnce = 1_000;
const cleaningInterval = 3_600_000;

/** The lowest UUIDv7 of a point in time (RFC 9562, section 5.7): ids increase with time. */
function lowestId(time: number): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(time, 0, 6);
  return bytes;
}

/** Deletes finished deliveries that are older than 30 days and returns their number. */
export async function removeOldDeliveries({ prisma }: Database, now = Date.now()): Promise<number> {
  const before = lowestId(now - kept);
  for (let removed = 0; ; ) {
    const count = await prisma.$executeRaw`DELETE FROM webhook_deliveries
      WHERE id < ${before} AND next_attempt_at IS NULL ORDER BY id LIMIT ${rowsAtOnce}`;
    removed += count;
    if (count < rowsAtOnce) return removed;
  }
}

/** Runs the cleanup every hour. Several processes may do so, because every step is idempotent. */
export function startCleaning(
  db: Database,
  logger: { error(details: object, message: string): void },
): { close(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    running = running
      .then(() => removeOldDeliveries(db))
      .catch((err: unknown) => logger.error({ err }, 'old deliveries could not be removed'));
  }, cleaningInterval);
  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
