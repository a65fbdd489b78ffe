import { fromBytes } from '@comprimemelo/prisma/identifiers';
import {
  type Attempt,
  announceChange,
  openAttempt,
  type TaskEventDependencies,
} from './task-event.js';

/** A worker has the job: the task is processing. Said again for a job that was delivered again. */
export async function applyStarted(
  event: Attempt,
  { db, publisher }: TaskEventDependencies,
): Promise<void> {
  const now = new Date();
  const where = openAttempt(event);
  const { count } = await db.prisma.task.updateMany({
    where,
    data: { status: 'processing', touchedAt: now },
  });
  if (count === 0) return;
  await db.prisma.task.updateMany({
    where: { ...where, startedAt: null },
    data: { startedAt: now },
  });
  const task = await db.prisma.task.findUnique({ where: { id: where.id } });
  if (task === null) return;
  const { status, progress } = task;
  announceChange(publisher, {
    ...{ taskId: event.taskId, ownerId: fromBytes(task.ownerId), status, progress },
  });
}
