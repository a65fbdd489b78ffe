import type { Database } from '@comprimemelo/prisma/client/client';

type Id = Uint8Array<ArrayBuffer>;

/** Rows per statement, to keep locks short. */
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
 * Deletes all webhooks of an owner, or one of them, with their deliveries, and returns their number. They are disabled
 * first, so that nothing more is sent. Safe to repeat at any point.
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
