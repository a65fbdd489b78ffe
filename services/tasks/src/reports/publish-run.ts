import { limits } from '@comprimemelo/contracts/limits';
import type { PublishedResult, TaskCompleted } from '@comprimemelo/contracts/messages';
import type { Transaction } from '@comprimemelo/prisma/client/client';
import { fromBytes, toBytes } from '@comprimemelo/prisma/client/identifiers';
import type { Task } from '@comprimemelo/prisma/generated/client';
import type { TaskEventDependencies } from '../dependencies.js';
import { writeTaskEnded } from '../outgoing/task-ended.js';
import { endedColumns, openAttempt, openRun } from './attempt.js';
import { recordInspections } from './record-inspections.js';
import { insertResults, toShown } from './result-rows.js';
import { lostProtection } from './unprotected-result.js';

/**
 * Gives the rows that the run has entered to the task's owner, all at once: 100,000 take a second. To hide them by a
 * look at their task in each list would cost every list a quarter more.
 */
async function handOver(
  tx: Transaction,
  { runId }: TaskCompleted,
  { id, ownerId }: Task,
  first: PublishedResult[],
) {
  const where = { taskId: id, ownerId: toBytes(runId) };
  const { count } = await tx.file.updateMany({ where, data: { ownerId } });
  return { results: JSON.stringify(first.map(toShown)), resultCount: count };
}

/** The rows of the results, and what the task shows of them. */
async function writeResults(tx: Transaction, event: TaskCompleted, task: Task, finishedAt: Date) {
  const { results } = event;
  await insertResults(tx, results, task, finishedAt);
  const shown = results.slice(0, limits.shownResults).map(toShown);
  return { results: JSON.stringify(shown), resultCount: results.length };
}

/**
 * Ends the task, in one transaction; `entered` are the first results where all of them are entered. Returns
 * its owner and the blobs that are of no use any more; null when it had ended before.
 */
export async function publishRun(
  event: TaskCompleted,
  entered: PublishedResult[] | undefined,
  { db }: TaskEventDependencies,
  trace: Record<string, string | undefined>,
) {
  const finishedAt = new Date();
  return db.prisma.$transaction(async (tx) => {
    const { count } = await tx.task.updateMany({
      where: entered === undefined ? openAttempt(event) : openRun(event),
      data: { status: 'processed', progress: 100, ...endedColumns(finishedAt) },
    });
    if (count === 0) return null;
    const id = toBytes(event.taskId);
    const task = await tx.task.findUniqueOrThrow({ where: { id } });
    const shown =
      entered === undefined
        ? await writeResults(tx, event, task, finishedAt)
        : await handOver(tx, event, task, entered);
    const report = [...event.report, ...lostProtection(task)];
    const data = { ...shown, report: JSON.stringify(report) };
    await tx.task.updateMany({ where: { id }, data });
    const useless = await recordInspections(tx, event.taskId, event.inspections);
    await writeTaskEnded(tx, { ...task, ...data }, 'task.processed', trace);
    return { ownerId: fromBytes(task.ownerId), useless };
  });
}
