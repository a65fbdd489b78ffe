import { isTerminal, type TaskStatus } from '@comprimemelo/contracts/states';
import type { Transaction } from '@comprimemelo/prisma/client/client';
import { retrying } from '@comprimemelo/prisma/client/database-errors';
import { fromBytes, toBytes } from '@comprimemelo/prisma/client/identifiers';
import { Prisma } from '@comprimemelo/prisma/generated/client';
import { deleteBlobs } from '@comprimemelo/storage-client/delete-blobs';
import type { TaskEventDependencies } from '../dependencies.js';
import { announceCancel, announceChange } from '../outgoing/announce.js';
import { removeFilesOf } from './remove-files.js';

interface LockedTask {
  id: Uint8Array<ArrayBuffer>;
  attempt: number;
  status: TaskStatus;
}

async function removeRows(tx: Transaction, ownerId: string, ids: string[]) {
  // Locked: an event that ends one of them waits for the end of this transaction.
  const tasks = await tx.$queryRaw<LockedTask[]>`SELECT id, attempt, status FROM tasks
    WHERE id IN (${Prisma.join(ids.map(toBytes))}) AND owner_id = ${toBytes(ownerId)} FOR UPDATE`;
  const taskIds = tasks.map(({ id }) => id);
  const blobKeys = await removeFilesOf(tx, taskIds);
  await tx.taskInput.deleteMany({ where: { taskId: { in: taskIds } } });
  await tx.task.deleteMany({ where: { id: { in: taskIds } } });
  return { tasks, blobKeys };
}

/**
 * Removes tasks of one owner with the files that they received and made: the rows in one transaction,
 * then the blobs; the workers that have one of them stop. Returns how many there were. Throws `file-in-use`
 * where another task, not among these, still reads one of the files.
 */
export async function removeTasks(
  { db, storage, publisher }: Pick<TaskEventDependencies, 'db' | 'storage' | 'publisher'>,
  ownerId: string,
  ids: string[],
): Promise<number> {
  if (ids.length === 0) return 0;
  const { tasks, blobKeys } = await retrying(() =>
    db.prisma.$transaction((tx) => removeRows(tx, ownerId, ids)),
  );
  for (const { id, attempt, status } of tasks) {
    const taskId = fromBytes(id);
    if (!isTerminal(status)) announceCancel(publisher, { taskId, attempt });
    announceChange(publisher, { taskId, ownerId });
  }
  await deleteBlobs(storage, blobKeys);
  return tasks.length;
}
