import { limits } from '@comprimemelo/contracts/limits';
import type { PublishedResult, TaskCompleted } from '@comprimemelo/contracts/messages';
import type { Transaction } from '@comprimemelo/prisma/client';
import type { Task } from '@comprimemelo/prisma/generated/client';
import { fromBytes, toBytes } from '@comprimemelo/prisma/identifiers';
import { lostProtection } from './lost-protection.js';
import { recordInspections } from './record-inspections.js';
import { insertResults, toShown } from './result-rows.js';
import { endedColumns, openAttempt, openRun, type TaskEventDependencies } from './task-event.js';
import { tellEnded } from './tell-ended.js';

/** What the task shows of results that were entered one batch after the other: some may be deleted again. */
async function remaining(tx: Transaction, { id }: Task, first: PublishedResult[]) {
  const ids = first.map((result) => toBytes(result.id));
  const rows = await tx.file.findMany({ where: { id: { in: ids } }, select: { id: true } });
  const left = new Set(rows.map((row) => fromBytes(row.id)));
  const results = JSON.stringify(first.filter((result) => left.has(result.id)).map(toShown));
  const resultCount = await tx.file.count({ where: { taskId: id, kind: 'result' } });
  return { results, resultCount };
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
        : await remaining(tx, task, entered);
    const report = [...event.report, ...lostProtection(task)];
    const data = { ...shown, report: JSON.stringify(report) };
    const ended = await tx.task.update({ where: { id }, data });
    const useless = await recordInspections(tx, event.taskId, event.inspections);
    await tellEnded(tx, ended, 'task.processed', trace);
    return { ownerId: fromBytes(task.ownerId), useless };
  });
}
