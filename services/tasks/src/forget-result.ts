import type { TaskResult } from '@comprimemelo/contracts/task';
import { toBytes } from '@comprimemelo/prisma/identifiers';
import type { TaskEventDependencies } from './task-event.js';

/** Takes a deleted file out of what its task shows. A file that was an input is still shown: it was read. */
export async function forgetResult(
  { taskId, fileId }: { taskId: string; fileId: string },
  { db }: Pick<TaskEventDependencies, 'db'>,
): Promise<void> {
  const id = toBytes(taskId);
  await db.prisma.$transaction(async (tx) => {
    const task = await tx.task.findUnique({ where: { id } });
    if (task === null) return;
    const shown = JSON.parse(task.results) as TaskResult[];
    const results = shown.filter((result) => result.id !== fileId);
    const resultCount = await tx.file.count({ where: { taskId: id, kind: 'result' } });
    await tx.task.update({
      where: { id },
      data: { results: JSON.stringify(results), resultCount },
    });
  });
}
