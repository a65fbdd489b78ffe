import type { FileDeleted } from '@comprimemelo/contracts/messages';
import { exchanges } from '@comprimemelo/contracts/queues';
import { activeStatuses } from '@comprimemelo/contracts/states';
import type { Database, Transaction } from '@comprimemelo/prisma/client/client';
import { retrying } from '@comprimemelo/prisma/client/database-errors';
import { fromBytes, toBytes } from '@comprimemelo/prisma/client/identifiers';
import { Prisma } from '@comprimemelo/prisma/generated/client';
import { outboxMessage } from '@comprimemelo/prisma/outbox/outbox';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';

export interface RemovedFile {
  id: string;
  ownerId: string;
  /** Request id and trace context for the message to the task. */
  headers: Record<string, string>;
}

interface LockedFile {
  blobKey: string;
  taskId: Uint8Array | null;
  /** Key of the entries blob if the file is an inspected archive. */
  inspectionKey: string | null;
}

/** Locks the rows of the file and its inspection: a task that needs the file waits and then finds it deleted. */
async function lock(tx: Transaction, { id, ownerId }: RemovedFile) {
  const [file] = await tx.$queryRaw<LockedFile[]>`
    SELECT files.blob_key AS blobKey, files.task_id AS taskId, inspections.blob_key AS inspectionKey
    FROM files LEFT JOIN inspections ON inspections.file_id = files.id
    WHERE files.id = ${toBytes(id)} AND files.owner_id = ${toBytes(ownerId)} FOR UPDATE`;
  if (file === undefined) throw new ProblemError('file-not-found');
  const readers = await tx.$queryRaw<unknown[]>`
    SELECT tasks.id FROM task_inputs JOIN tasks ON tasks.id = task_inputs.task_id
    WHERE task_inputs.file_id = ${toBytes(id)}
      AND tasks.status IN (${Prisma.join([...activeStatuses])})
    LIMIT 1 LOCK IN SHARE MODE`;
  if (readers.length > 0) throw new ProblemError('file-in-use');
  return file;
}

/**
 * Deletes the row of a file and notifies its task. Returns the keys of its blobs, which no row references any more.
 * Throws `file-not-found`, or `file-in-use` if an unfinished task needs it.
 */
export async function removeFile({ prisma }: Database, removed: RemovedFile): Promise<string[]> {
  const remove = async (tx: Transaction) => {
    const { blobKey, taskId, inspectionKey } = await lock(tx, removed);
    const id = toBytes(removed.id);
    await tx.taskInput.deleteMany({ where: { fileId: id } });
    // The row of its inspection is deleted by cascade.
    await tx.file.delete({ where: { id } });
    if (taskId !== null) {
      const body: FileDeleted = {
        type: 'file.deleted',
        fileId: removed.id,
        taskId: fromBytes(taskId),
      };
      const to = { exchange: exchanges.notifications, routingKey: body.type };
      const data = outboxMessage({ ...to, body, headers: removed.headers });
      await tx.outboxMessage.create({ data });
    }
    return inspectionKey === null ? [blobKey] : [blobKey, inspectionKey];
  };
  return retrying(() => prisma.$transaction(remove));
}
