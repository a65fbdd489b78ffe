import type { TaskResult } from '@comprimemelo/contracts/task';
import { retrying } from '@comprimemelo/prisma/client/database-errors';
import { fromBytes, toBytes } from '@comprimemelo/prisma/client/identifiers';
import type { Task } from '@comprimemelo/prisma/generated/client';
import type { TaskEventDependencies } from '../dependencies.js';
import { announceChange } from '../outgoing/announce.js';

/** Removes a deleted file from the results of its task. A deleted input stays listed, because it was read. */
export async function forgetResult(
  { taskId, fileId }: { taskId: string; fileId: string },
  { db, publisher }: Pick<TaskEventDependencies, 'db' | 'publisher'>,
): Promise<void> {
  const id = toBytes(taskId);
  const forget = () =>
    db.prisma.$transaction(async (tx) => {
      // Locked, because two deletions for one task may arrive at the same time.
      const [task] = await tx.$queryRaw<Pick<Task, 'ownerId' | 'results'>[]>`
        SELECT owner_id AS ownerId, results FROM tasks WHERE id = ${id} FOR UPDATE`;
      if (task === undefined) return undefined;
      const shown = JSON.parse(task.results) as TaskResult[];
      const results = shown.filter((result) => result.id !== fileId);
      const resultCount = await tx.file.count({ where: { taskId: id, kind: 'result' } });
      const data = { results: JSON.stringify(results), resultCount, touchedAt: new Date() };
      await tx.task.update({ where: { id }, data });
      return fromBytes(task.ownerId);
    });
  const ownerId = await retrying(forget);
  if (ownerId !== undefined) announceChange(publisher, { taskId, ownerId });
}
