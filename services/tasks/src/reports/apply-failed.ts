import type { TaskProblem } from '@comprimemelo/contracts/problem';
import { fromBytes, toBytes } from '@comprimemelo/prisma/client/identifiers';
import type { Prisma } from '@comprimemelo/prisma/generated/client';
import type { TaskEventDependencies } from '../dependencies.js';
import { announceChange } from '../outgoing/announce.js';
import { writeTaskEnded } from '../outgoing/task-ended.js';
import { type Attempt, endedColumns, openAttempt } from './attempt.js';

/** Fails the task with a problem, unless it has already finished. `where` restricts the state it must be in. */
export async function applyFailed(
  event: Attempt & { error: TaskProblem },
  { db, publisher, relay }: TaskEventDependencies,
  trace: Record<string, string | undefined>,
  where: Prisma.TaskWhereInput = openAttempt(event),
): Promise<void> {
  const { taskId, error } = event;
  const finishedAt = new Date();
  const failed = await db.prisma.$transaction(async (tx) => {
    const { count } = await tx.task.updateMany({
      where,
      data: { status: 'failed', error: JSON.stringify(error), ...endedColumns(finishedAt) },
    });
    if (count === 0) return null;
    const task = await tx.task.findUniqueOrThrow({ where: { id: toBytes(taskId) } });
    await writeTaskEnded(tx, task, 'task.failed', trace);
    return task;
  });
  if (failed === null) return;
  relay.wake();
  const { progress } = failed;
  const ownerId = fromBytes(failed.ownerId);
  announceChange(publisher, { taskId, ownerId, status: 'failed', progress });
}
