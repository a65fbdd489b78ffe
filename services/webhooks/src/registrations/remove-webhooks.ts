import type { Database } from '@comprimemelo/prisma/client/client';

type Id = Uint8Array<ArrayBuffer>;

/** Rows in one statement, so that none locks for long. */
const rowsAtOnce = 1_000;

async function removeDeliveries({ prisma }: Database, webhookId: Id): Promise<void> {
  for (;;) {
    const rows = await prisma.webhookDelivery.findMany({
      where: { webhookId },
      select: { id: true },
      orderBy: { id: 'asc' },
      take: rowsAtOnce,
    });
    if (rows.length === 0) return;
    await prisma.webhookDelivery.deleteMany({ where: { id: { in: rows.map(({ id }) => id) } } });
  }
}

/**
 * Removes webhooks of an owner, all of them or one, with their deliveries, and returns how many there were. They
 * are disabled first: nothing more is sent. May be run again at any point.
 */
export async function removeWebhooks(
  db: Database,
  where: { ownerId: Id; id?: Id },
): Promise<number> {
  await db.prisma.webhook.updateMany({ where, data: { enabled: false } });
  const webhooks = await db.prisma.webhook.findMany({ where, select: { id: true } });
  for (const { id } of webhooks) await removeDeliveries(db, id);
  const { count } = await db.prisma.webhook.deleteMany({ where });
  return count;
}
