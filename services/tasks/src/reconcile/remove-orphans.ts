import { type BlobArea, blobAreas } from '@comprimemelo/contracts/blob-keys';
import type { Database } from '@comprimemelo/prisma/client/client';
import type { Logger } from '@comprimemelo/service/process/logger';
import { deleteBlobs } from '@comprimemelo/storage-client/delete-blobs';
import type { StorageClient } from '@comprimemelo/storage-client/storage-client';

/** A blob younger than this may belong to a request or an event that is under way; milliseconds. */
const grace = 24 * 3_600_000;
const pageSize = 1_000;

/** When this database began: an older blob belongs to another one, whatever the rows say. */
async function beganAt({ prisma }: Database): Promise<number> {
  const [row] = await prisma.$queryRaw<{ began: Date | null }[]>`
    SELECT MIN(started_at) AS began FROM _prisma_migrations`;
  return row?.began?.getTime() ?? Number.POSITIVE_INFINITY;
}

/** The time that a blob's UUIDv7 was made at, in milliseconds (RFC 9562, section 5.7). */
const madeAt = (key: string): number =>
  Number.parseInt(
    key
      .slice(key.lastIndexOf('/') + 1)
      .replace('-', '')
      .slice(0, 12),
    16,
  );

type Named = (db: Database, where: { blobKey: { in: string[] } }) => Promise<{ blobKey: string }[]>;

const byFiles: Named = ({ prisma }, where) =>
  prisma.file.findMany({ where, select: { blobKey: true } });

/** The rows that name the blobs of each area. A manifest belongs to an event, and to no row. */
const namedBy: Record<BlobArea, Named> = {
  uploads: byFiles,
  results: byFiles,
  inspections: ({ prisma }, where) =>
    prisma.inspection.findMany({ where, select: { blobKey: true } }),
  manifests: async () => [],
};

/**
 * Deletes the blobs that no row names: of requests that died, and of runs that lost. Returns how many. Blobs
 * from before this database are left alone, since a wrong DATABASE_URL must not cost anybody's files.
 */
export async function removeOrphans(
  { db, storage, logger }: { db: Database; storage: StorageClient; logger: Logger },
  olderThan = grace,
): Promise<number> {
  const before = Date.now() - olderThan;
  const began = await beganAt(db);
  let removed = 0;
  for (const area of blobAreas) {
    let after: string | undefined;
    do {
      const page = await storage.list({ area, limit: pageSize, ...(after ? { after } : {}) });
      const old = page.items.filter(
        ({ key, modifiedAt }) => Date.parse(modifiedAt) <= before && madeAt(key) >= began,
      );
      const keys = old.map(({ key }) => key);
      const orphans = await withoutRow(db, area, keys);
      await deleteBlobs(storage, orphans);
      removed += orphans.length;
      after = page.nextAfter ?? undefined;
    } while (after !== undefined);
  }
  if (removed > 0) logger.info({ removed }, 'blobs that no row names were deleted');
  return removed;
}

async function withoutRow(db: Database, area: BlobArea, keys: string[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const rows = await namedBy[area](db, { blobKey: { in: keys } });
  const named = new Set(rows.map(({ blobKey }) => blobKey));
  return keys.filter((key) => !named.has(key));
}
