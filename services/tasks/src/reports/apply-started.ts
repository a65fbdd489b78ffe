import { fromBytes, toBytes } from '@comprimemelo/prisma/client/identifiers';
import type { TaskEventDependencies } from '../dependencies.js';
import { announceCancel, announceChange } from '../outgoing/announce.js';
import type { Attempt } from './attempt.js';

/**
 * Marks the task as processing. Repeated when the job is redelivered. If the attempt is no longer wanted, the worker
 * is told to stop.
 */
export async function applyStarted(
  { taskId, attempt }: Attempt,
  { db, publisher }: TaskEventDependencies,
): Promise<void> {
  const id = toBytes(taskId);
  const now = new Date();
  const count = await db.prisma.$executeRaw`
    UPDATE tasks SET status = 'processing', touched_at = ${now},
      started_at = COALESCE(started_at, ${now})
    WHERE id = ${id} AND attempt = ${attempt} AND status IN ('uploaded', 'processing')
      AND run_id IS NULL`;
  if (count === 0) return announceCancel(publisher, { taskId, attempt });
  const task = await db.prisma.task.findUnique({ where: { id } });
  if (task === null) return;
  const { status, progress } = task;
  announceChange(publisher, { taskId, ownerId: fromBytes(task.ownerId), status, progress });
}
