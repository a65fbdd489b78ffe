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
 * Transfers the rows of the run to the owner of the task in one statement; 100,000 rows take a second. Hiding them
 * with a join in every list query would make each of those a quarter slower.
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

/** Writes the result rows and the summary that the task shows. */
async function writeResults(tx: Transaction, event: TaskCompleted, task: Task, finishedAt: Date) {
  const { results } = event;
  await insertResults(tx, results, task, finishedAt);
  const shown = results.slice(0, limits.shownResults).map(toShown);
  return { results: JSON.stringify(shown), resultCount: results.length };
}

/**
 * Finishes the task in one transaction; `entered` holds the first results if all rows are already inserted. Returns
 * its owner and the blobs that are no longer needed, or null if the task had already finished.
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
