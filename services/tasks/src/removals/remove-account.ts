import type { Database } from '@comprimemelo/prisma/client/client';
import { fromBytes, toBytes } from '@comprimemelo/prisma/client/identifiers';
import { deleteBlobs } from '@comprimemelo/storage-client/delete-blobs';
import type { TaskEventDependencies } from '../dependencies.js';
import { removeTasks } from '../lifecycle/remove-tasks.js';

const batch = 100;

/**
 * Unlinks all tasks of the owner from their inputs, because a task can read the files of another. Selects by id,
 * because a condition on the tasks would make the database read and lock the inputs of every account.
 */
async function unlinkInputs({ prisma }: Database, ownerId: Uint8Array<ArrayBuffer>): Promise<void> {
  let last: { id: Uint8Array<ArrayBuffer> } | undefined;
  for (;;) {
    const tasks = await prisma.task.findMany({
      where: { ownerId },
      select: { id: true },
      orderBy: { id: 'asc' },
      take: batch,
      ...(last === undefined ? {} : { cursor: last, skip: 1 }),
    });
    last = tasks.at(-1);
    if (last === undefined) return;
    await prisma.taskInput.deleteMany({ where: { taskId: { in: tasks.map(({ id }) => id) } } });
  }
}

/** Deletes every task and file of a deleted account, in batches. Safe to repeat at any point. */
export async function removeAccount(
  accountId: string,
  dependencies: Pick<TaskEventDependencies, 'db' | 'storage' | 'publisher'>,
): Promise<void> {
  const { db, storage } = dependencies;
  const where = { ownerId: toBytes(accountId) };
  await unlinkInputs(db, where.ownerId);
  for (;;) {
    const tasks = await db.prisma.task.findMany({ where, select: { id: true }, take: batch });
    if (tasks.length === 0) break;
    const ids = tasks.map(({ id }) => fromBytes(id));
    await removeTasks(dependencies, accountId, ids);
  }
  for (;;) {
    const files = await db.prisma.file.findMany({
      where,
      take: batch,
      include: { inspection: true },
    });
    if (files.length === 0) break;
    await db.prisma.file.deleteMany({ where: { id: { in: files.map(({ id }) => id) } } });
    const blobs = files.flatMap(({ blobKey, inspection }) => [blobKey, inspection?.blobKey ?? []]);
    await deleteBlobs(storage, blobs.flat());
  }
  await db.prisma.idempotencyKey.deleteMany({ where });
}
