import { type BlobArea, blobAreas } from '@comprimemelo/contracts/blob-keys';
import type { Database } from '@comprimemelo/prisma/client/client';
import type { Logger } from '@comprimemelo/service/process/logger';
import { deleteBlobs } from '@comprimemelo/storage-client/delete-blobs';
import type { StorageClient } from '@comprimemelo/storage-client/storage-client';

/** Age in milliseconds below which a blob may belong to a request or event in progress. */
const grace = 24 * 3_600_000;
const pageSize = 1_000;

/** When this database was created: an older blob belongs to another database. */
async function beganAt({ prisma }: Database): Promise<number> {
  const [row] = await prisma.$queryRaw<{ began: Date | null }[]>`
    SELECT MIN(started_at) AS began FROM _prisma_migrations`;
  return row?.began?.getTime() ?? Number.POSITIVE_INFINITY;
}

/** The creation time in the UUIDv7 of a blob, in milliseconds (RFC 9562, section 5.7). */
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

/** The rows that reference the blobs of each area. A manifest belongs to an event, not to a row. */
const namedBy: Record<BlobArea, Named> = {
  uploads: byFiles,
  results: byFiles,
  inspections: ({ prisma }, where) =>
    prisma.inspection.findMany({ where, select: { blobKey: true } }),
  manifests: async () => [],
};

/**
 * Deletes blobs that no row references, left by crashed requests and superseded runs. Returns how many. Blobs older
 * than this database are kept, so that a wrong DATABASE_URL does not delete anyone's files.
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
  if (removed > 0) logger.info({ removed }, 'deleted orphaned blobs');
  return removed;
}

async function withoutRow(db: Database, area: BlobArea, keys: string[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const rows = await namedBy[area](db, { blobKey: { in: keys } });
  const named = new Set(rows.map(({ blobKey }) => blobKey));
  return keys.filter((key) => !named.has(key));
}
