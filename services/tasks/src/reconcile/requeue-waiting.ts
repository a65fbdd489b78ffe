import type { WrittenFormat } from '@comprimemelo/contracts/formats';
import { exchanges, lanes, queues } from '@comprimemelo/contracts/queues';
import { activeStatuses } from '@comprimemelo/contracts/states';
import type { TaskOptions } from '@comprimemelo/contracts/task';
import type { BrokerConnection } from '@comprimemelo/messaging/connection';
import { queueDepth } from '@comprimemelo/messaging/queue-depth';
import type { Database } from '@comprimemelo/prisma/client/client';
import { fromBytes } from '@comprimemelo/prisma/client/identifiers';
import type { File, Task } from '@comprimemelo/prisma/generated/client';
import type { Logger } from '@comprimemelo/service/process/logger';
import { jobOf } from '../lifecycle/attempt-job.js';
import { jobMessage } from '../outgoing/job-message.js';

/** Milliseconds without an event from a task after which its job may be lost. */
const silence = 30 * 60_000;
const batch = 100;

const jobQueues = [...lanes.map((lane) => queues[lane]), queues.retrySmall, queues.retryLarge];

/** Whether any job may still be waiting in the outbox or in a queue. */
async function jobsAreWaiting(db: Database, broker: BrokerConnection): Promise<boolean> {
  const unsent = { exchange: exchanges.conversions, sentAt: null };
  if ((await db.prisma.outboxMessage.count({ where: unsent })) > 0) return true;
  for (const queue of jobQueues) {
    if ((await queueDepth(broker, queue)) > 0) return true;
  }
  return false;
}

/** The job of a stored task: its columns as values again. */
const storedJob = ({ sealedPassword, ...task }: Task, files: File[]) =>
  jobOf(
    {
      taskId: fromBytes(task.id),
      attempt: task.attempt,
      operation: task.operation,
      format: task.format as WrittenFormat | null,
      options: JSON.parse(task.options) as TaskOptions,
    },
    files.map(({ size, modifiedAt: modified, ...file }) => ({
      ...file,
      modified,
      size: Number(size),
    })),
    sealedPassword,
  );

/** Requeues the job of a task unless an event has arrived in the meantime. */
async function requeue(db: Database, task: Task, inputs: File[]): Promise<boolean> {
  const { id, attempt, touchedAt } = task;
  const unheard = { id, attempt, touchedAt, status: { in: [...activeStatuses] } };
  return db.prisma.$transaction(async (tx) => {
    const data = { touchedAt: new Date(), runId: null };
    const { count } = await tx.task.updateMany({ where: unheard, data });
    if (count === 0) return false;
    // Discards the rows of a run whose event was lost. Its blobs are now orphans.
    if (task.runId !== null) {
      const entered = { taskId: id, kind: 'result' as const };
      await tx.taskInput.deleteMany({ where: { file: entered } });
      await tx.file.deleteMany({ where: entered });
    }
    await tx.outboxMessage.create({ data: jobMessage(storedJob(task, inputs), {}) });
    return true;
  });
}

/**
 * Requeues jobs that were lost with the disk of the broker: those of silent tasks while no job is waiting anywhere.
 * Returns the number of requeued jobs.
 */
export async function requeueWaiting(
  { db, broker, logger }: { db: Database; broker: BrokerConnection; logger: Logger },
  olderThan = silence,
): Promise<number> {
  if (!broker.ready) return 0;
  const waiting = await db.prisma.task.findMany({
    where: {
      status: { in: [...activeStatuses] },
      touchedAt: { lte: new Date(Date.now() - olderThan) },
    },
    include: { taskInputs: { include: { file: true }, orderBy: { position: 'asc' } } },
    take: batch,
  });
  if (waiting.length === 0 || (await jobsAreWaiting(db, broker))) return 0;
  let queued = 0;
  for (const { taskInputs, ...task } of waiting) {
    const inputs = taskInputs.map(({ file }) => file);
    if (!(await requeue(db, task, inputs))) continue;
    logger.warn({ taskId: fromBytes(task.id) }, 'requeued the job of a silent task');
    queued += 1;
  }
  return queued;
}
