import type { Database } from '@comprimemelo/prisma/client';
import { toBytes } from '@comprimemelo/prisma/identifiers';
import { ProblemError } from '@comprimemelo/service/problem-error';
import { deleteBlobs } from '@comprimemelo/storage-client/delete-blobs';
import type { StorageClient } from '@comprimemelo/storage-client/storage-client';

const active = { in: ['uploaded' as const, 'processing' as const] };

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
  const owned = { ownerId: toBytes(ownerId), id: { in: ids.map(toBytes) } };
  const removed = await db.prisma.$transaction(async (tx) => {
    const tasks = await tx.task.findMany({ where: owned, select: { id: true } });
    const taskIds = tasks.map(({ id }) => id);
    const files = await tx.file.findMany({
      where: { taskId: { in: taskIds } },
      select: { id: true, blobKey: true },
    });
    const readsThem = { fileId: { in: files.map(({ id }) => id) } };
    const others = { id: { notIn: taskIds }, status: active };
    if ((await tx.taskInput.count({ where: { ...readsThem, task: others } })) > 0) {
      throw new ProblemError('file-in-use');
    }
    await tx.taskInput.deleteMany({ where: { OR: [readsThem, { taskId: { in: taskIds } }] } });
    await tx.file.deleteMany({ where: { taskId: { in: taskIds } } });
    await tx.task.deleteMany({ where: { id: { in: taskIds } } });
    return { count: taskIds.length, blobKeys: files.map(({ blobKey }) => blobKey) };
  });
  await deleteBlobs(storage, removed.blobKeys);
  return removed.count;
}
