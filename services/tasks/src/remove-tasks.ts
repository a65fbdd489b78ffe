import { activeStatuses } from '@comprimemelo/contracts/states';
import type { Database, Transaction } from '@comprimemelo/prisma/client';
import { retrying } from '@comprimemelo/prisma/database-errors';
import { Prisma } from '@comprimemelo/prisma/generated/client';
import { toBytes } from '@comprimemelo/prisma/identifiers';
import { ProblemError } from '@comprimemelo/service/problem-error';
import { deleteBlobs } from '@comprimemelo/storage-client/delete-blobs';
import type { StorageClient } from '@comprimemelo/storage-client/storage-client';

interface Row {
  id: Uint8Array<ArrayBuffer>;
}

/**
 * The tasks' rows and then their files', locked: an event that ends one of the tasks, or a new task that
 * wants to read one of the files, waits for the end of this transaction.
 */
async function lock(tx: Transaction, ownerId: string, ids: string[]) {
  const tasks = await tx.$queryRaw<Row[]>`SELECT id FROM tasks
    WHERE id IN (${Prisma.join(ids.map(toBytes))}) AND owner_id = ${toBytes(ownerId)} FOR UPDATE`;
  if (tasks.length === 0) return { taskIds: [], files: [] };
  const taskIds = tasks.map(({ id }) => id);
  const files = await tx.$queryRaw<(Row & { blobKey: string })[]>`
    SELECT id, blob_key AS blobKey FROM files
    WHERE task_id IN (${Prisma.join(taskIds)}) FOR UPDATE`;
  return { taskIds, files };
}

/** Throws `file-in-use` where a task that is not among these still reads one of the files. */
async function refuseUsed(tx: Transaction, fileIds: Row['id'][], taskIds: Row['id'][]) {
  if (fileIds.length === 0) return;
  const readers = await tx.$queryRaw<Row[]>`
    SELECT tasks.id FROM task_inputs JOIN tasks ON tasks.id = task_inputs.task_id
    WHERE task_inputs.file_id IN (${Prisma.join(fileIds)})
      AND task_inputs.task_id NOT IN (${Prisma.join(taskIds)})
      AND tasks.status IN (${Prisma.join([...activeStatuses])})
    LIMIT 1 LOCK IN SHARE MODE`;
  if (readers.length > 0) throw new ProblemError('file-in-use');
}

async function removeRows(tx: Transaction, ownerId: string, ids: string[]) {
  const { taskIds, files } = await lock(tx, ownerId, ids);
  const fileIds = files.map(({ id }) => id);
  await refuseUsed(tx, fileIds, taskIds);
  await tx.taskInput.deleteMany({ where: { taskId: { in: taskIds } } });
  await tx.taskInput.deleteMany({ where: { fileId: { in: fileIds } } });
  await tx.file.deleteMany({ where: { id: { in: fileIds } } });
  await tx.task.deleteMany({ where: { id: { in: taskIds } } });
  return { count: taskIds.length, blobKeys: files.map(({ blobKey }) => blobKey) };
}

/**
 * Removes tasks of one owner with the files that they received and made: the rows in one transaction,
 * then the blobs. Returns how many there were. Throws `file-in-use` where another task, not among these,
 * still reads one of the files. A job that runs finds no task to report to, and its blob is deleted.
 */
export async function removeTasks(
  { db, storage }: { db: Database; storage: StorageClient },
  ownerId: string,
  ids: string[],
): Promise<number> {
  if (ids.length === 0) return 0;
  const { count, blobKeys } = await retrying(() =>
    db.prisma.$transaction((tx) => removeRows(tx, ownerId, ids)),
  );
  await deleteBlobs(storage, blobKeys);
  return count;
}
