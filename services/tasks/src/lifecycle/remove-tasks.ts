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
  // Locked, so that an event that finishes one of them waits for this transaction.
  const tasks = await tx.$queryRaw<LockedTask[]>`SELECT id, attempt, status FROM tasks
    WHERE id IN (${Prisma.join(ids.map(toBytes))}) AND owner_id = ${toBytes(ownerId)} FOR UPDATE`;
  const taskIds = tasks.map(({ id }) => id);
  const blobKeys = await removeFilesOf(tx, taskIds);
  await tx.taskInput.deleteMany({ where: { taskId: { in: taskIds } } });
  await tx.task.deleteMany({ where: { id: { in: taskIds } } });
  return { tasks, blobKeys };
}

/**
 * Deletes tasks of one owner with their uploaded inputs and results: first the rows in one transaction, then the
 * blobs. Workers that process one of them are told to stop. Returns the number of deleted tasks. Throws `file-in-use`
 * if another unfinished task needs one of the files.
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
