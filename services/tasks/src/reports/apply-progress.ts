import { fromBytes } from '@comprimemelo/prisma/client/identifiers';
import type { TaskEventDependencies } from '../dependencies.js';
import { announceCancel, announceChange } from '../outgoing/announce.js';
import { type Attempt, openAttempt } from './attempt.js';

/**
 * Updates the progress, which never decreases: a late event or one from an earlier delivery only shows that the job
 * is alive. That is announced too, so streams hear of a running task about once a second.
 */
export async function applyProgress(
  event: Attempt & { progress: number },
  { db, publisher }: TaskEventDependencies,
): Promise<void> {
  const { taskId, progress } = event;
  const where = openAttempt(event);
  const touchedAt = new Date();
  const risen = await db.prisma.task.updateMany({
    where: { ...where, progress: { lt: progress } },
    data: { progress, touchedAt },
  });
  const seen =
    risen.count > 0 ? risen : await db.prisma.task.updateMany({ where, data: { touchedAt } });
  if (seen.count === 0) return announceCancel(publisher, event);
  const task = await db.prisma.task.findUnique({ where: { id: where.id } });
  if (task === null) return;
  const { status, progress: reached } = task;
  const ownerId = fromBytes(task.ownerId);
  announceChange(publisher, { taskId, ownerId, status, progress: reached });
}
