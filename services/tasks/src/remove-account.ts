import { fromBytes, toBytes } from '@comprimemelo/prisma/identifiers';
import { deleteBlobs } from '@comprimemelo/storage-client/delete-blobs';
import { removeTasks } from './remove-tasks.js';
import type { TaskEventDependencies } from './task-event.js';

const batch = 100;

/** Removes every task and file of an account that is gone, in batches. May be run again at any point. */
export async function removeAccount(
  accountId: string,
  dependencies: TaskEventDependencies,
): Promise<void> {
  const { db, storage } = dependencies;
  const where = { ownerId: toBytes(accountId) };
  // Inputs first: a task may read files of another one of the same owner.
  await db.prisma.taskInput.deleteMany({ where: { task: where } });
  for (;;) {
    const tasks = await db.prisma.task.findMany({ where, select: { id: true }, take: batch });
    if (tasks.length === 0) break;
    await removeTasks(
      dependencies,
      accountId,
      tasks.map(({ id }) => fromBytes(id)),
    );
  }
  for (;;) {
    const files = await db.prisma.file.findMany({ where, take: batch });
    if (files.length === 0) break;
    await db.prisma.file.deleteMany({ where: { id: { in: files.map(({ id }) => id) } } });
    await deleteBlobs(
      storage,
      files.map(({ blobKey }) => blobKey),
    );
  }
  await db.prisma.idempotencyKey.deleteMany({ where });
}
