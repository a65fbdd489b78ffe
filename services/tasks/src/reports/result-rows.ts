import type { PublishedResult } from '@comprimemelo/contracts/messages';
import type { TaskResult } from '@comprimemelo/contracts/task';
import type { Transaction } from '@comprimemelo/prisma/client/client';
import { toBytes } from '@comprimemelo/prisma/client/identifiers';
import { Prisma, type Task } from '@comprimemelo/prisma/generated/client';

/** A result as its task shows it. */
export const toShown = (result: PublishedResult): TaskResult => {
  const { id, name, path, rawPath, size, sha256 } = result;
  return { id, name, path, ...(rawPath === undefined ? {} : { rawPath }), size, sha256 };
};

const bytesOf = (rawPath: string | undefined): Buffer | null =>
  rawPath === undefined ? null : Buffer.from(rawPath, 'base64');

/**
 * Inserts the file rows of results; existing rows are kept. Uses one raw statement, because Prisma needs most of a
 * second to compile createMany for 500 rows.
 */
export async function insertResults(
  tx: Transaction,
  results: PublishedResult[],
  task: Pick<Task, 'id' | 'ownerId'>,
  createdAt: Date,
): Promise<void> {
  if (results.length === 0) return;
  const rows = results.map(({ id, name, path, rawPath, size, mediaType, sha256, blobKey }) => {
    const digest = Buffer.from(sha256, 'hex');
    return Prisma.sql`(${toBytes(id)}, ${task.ownerId}, ${task.id}, 'result', ${name}, ${path},
      ${bytesOf(rawPath)}, ${size}, ${mediaType}, ${digest}, ${blobKey}, ${createdAt})`;
  });
  await tx.$executeRaw`INSERT INTO files
    (id, owner_id, task_id, kind, name, path, raw_path, size, media_type, sha256, blob_key, created_at)
    VALUES ${Prisma.join(rows)} ON DUPLICATE KEY UPDATE files.id = files.id`;
}
