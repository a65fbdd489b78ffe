import { fromBytes } from '@comprimemelo/prisma/identifiers';
import {
  type Attempt,
  announceCancel,
  announceChange,
  openAttempt,
  type TaskEventDependencies,
} from './task-event.js';

/** Whole percent that never falls: what comes late or from an earlier delivery only shows life. */
export async function applyProgress(
  event: Attempt & { progress: number },
  { db, publisher }: TaskEventDependencies,
): Promise<void> {
  const { taskId, progress } = event;
  const where = openAttempt(event);
  const touchedAt = new Date();
  const { count } = await db.prisma.task.updateMany({
    where: { ...where, progress: { lt: progress } },
    data: { progress, touchedAt },
  });
  if (count === 0) {
    const seen = await db.prisma.task.updateMany({ where, data: { touchedAt } });
    if (seen.count === 0) announceCancel(publisher, event);
    return;
  }
  const task = await db.prisma.task.findUnique({ where: { id: where.id } });
  if (task === null) return;
  const ownerId = fromBytes(task.ownerId);
  announceChange(publisher, { taskId, ownerId, status: task.status, progress });
}
