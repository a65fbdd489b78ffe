import { activeStatuses, type FileKindName } from '@comprimemelo/contracts/states';
import type { Transaction } from '@comprimemelo/prisma/client/client';
import { Prisma } from '@comprimemelo/prisma/generated/client';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';

type Id = Uint8Array<ArrayBuffer>;
type Blob = { blobKey: string };

const all: readonly FileKindName[] = ['upload', 'result'];

/** Throws `file-in-use` if an unfinished task outside `taskIds` needs one of the files. */
async function refuseUsed(tx: Transaction, files: Prisma.Sql, taskIds: Id[]): Promise<void> {
  const readers = await tx.$queryRaw<unknown[]>`
    SELECT tasks.id FROM files JOIN task_inputs ON task_inputs.file_id = files.id
      JOIN tasks ON tasks.id = task_inputs.task_id
    WHERE ${files} AND tasks.id NOT IN (${Prisma.join(taskIds)})
      AND tasks.status IN (${Prisma.join([...activeStatuses])})
    LIMIT 1 LOCK IN SHARE MODE`;
  if (readers.length > 0) throw new ProblemError('file-in-use');
}

/**
 * Deletes the file rows of these tasks (uploaded inputs and results) with their inspections. The caller has locked
 * the tasks. Selects by a condition instead of ids, because a task can have 100,000 results. Returns the keys of the
 * blobs, which no row references after the commit. Throws `file-in-use`.
 */
export async function removeFilesOf(
  tx: Transaction,
  taskIds: Id[],
  kinds: readonly FileKindName[] = all,
): Promise<string[]> {
  if (taskIds.length === 0) return [];
  const files = Prisma.sql`files.task_id IN (${Prisma.join(taskIds)})
    AND files.kind IN (${Prisma.join([...kinds])})`;
  // Locked, so that a new task that needs one of them waits and then finds it deleted.
  const removed = await tx.$queryRaw<Blob[]>`
    SELECT blob_key AS blobKey FROM files WHERE ${files} FOR UPDATE`;
  if (removed.length === 0) return [];
  await refuseUsed(tx, files, taskIds);
  const inspections = await tx.$queryRaw<Blob[]>`
    SELECT inspections.blob_key AS blobKey FROM files
      JOIN inspections ON inspections.file_id = files.id
    WHERE ${files} LOCK IN SHARE MODE`;
  await tx.$executeRaw`DELETE task_inputs FROM task_inputs
    JOIN files ON files.id = task_inputs.file_id WHERE ${files}`;
  await tx.$executeRaw`DELETE FROM files WHERE ${files}`;
  return [...removed, ...inspections].map(({ blobKey }) => blobKey);
}
