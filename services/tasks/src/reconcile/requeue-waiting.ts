import type { Database } from '@comprimemelo/prisma/client';
import { fromBytes } from '@comprimemelo/prisma/identifiers';
import type { Logger } from '@comprimemelo/service/logger';
import { jobMessage } from '../task-rows.js';

/** Nobody was heard of a task for this long, in milliseconds: its job may be lost. */
const silence = 30 * 60_000;
const batch = 100;

/**
 * Queues again the jobs of tasks that have waited too long, which a broker that lost its disk would
 * forget. A job that was not lost runs twice then; the first result wins. Returns how many were queued.
 */
export async function requeueWaiting({ db, logger }: { db: Database; logger: Logger }) {
  // What the outbox still holds is not lost: the broker is away, or slow.
  if ((await db.prisma.outboxMessage.count({ where: { sentAt: null } })) > 0) return 0;
  const now = new Date();
  const waiting = await db.prisma.task.findMany({
    where: {
      status: { in: ['uploaded', 'processing'] },
      touchedAt: { lt: new Date(now.getTime() - silence) },
    },
    include: { taskInputs: { include: { file: true }, orderBy: { position: 'asc' } } },
    take: batch,
  });
  for (const { taskInputs, ...task } of waiting) {
    const inputs = taskInputs.map(({ file }) => file);
    logger.warn({ taskId: fromBytes(task.id) }, 'a job that was not heard of is queued again');
    await db.prisma.$transaction([
      db.prisma.outboxMessage.create({ data: jobMessage(task, inputs, {}) }),
      db.prisma.task.updateMany({
        where: { id: task.id, attempt: task.attempt },
        data: { touchedAt: now },
      }),
    ]);
  }
  return waiting.length;
}
