import { limits } from '@comprimemelo/contracts/limits';
import type { PublishedResult, TaskCompleted } from '@comprimemelo/contracts/messages';
import { toBytes } from '@comprimemelo/prisma/client/identifiers';
import type { TaskEventDependencies } from '../dependencies.js';
import { openAttempt, openRun } from './attempt.js';
import { BrokenManifest, manifestBatches } from './manifest.js';
import { insertResults } from './result-rows.js';

/** Claims the task for this run: from now on the results of other runs are rejected. */
async function claim(event: TaskCompleted, { db }: TaskEventDependencies) {
  const { runId: _, ...attempt } = openAttempt(event);
  const runId = toBytes(event.runId);
  const { count } = await db.prisma.task.updateMany({
    where: { ...attempt, OR: [{ runId: null }, { runId }] },
    data: { runId, touchedAt: new Date() },
  });
  if (count === 0) return null;
  return db.prisma.task.findUnique({
    where: { id: attempt.id },
    select: { id: true },
  });
}

/**
 * Inserts one batch in one transaction; returns false if the run has lost the task. The rows belong to the run until
 * the task finishes, so that the owner never sees results that may still be discarded.
 */
async function enterBatch(
  event: TaskCompleted,
  batch: PublishedResult[],
  { id }: NonNullable<Awaited<ReturnType<typeof claim>>>,
  { db }: TaskEventDependencies,
): Promise<boolean> {
  const now = new Date();
  const runs = { id, ownerId: toBytes(event.runId) };
  return db.prisma.$transaction(async (tx) => {
    const where = openRun(event);
    const { count } = await tx.task.updateMany({ where, data: { touchedAt: now } });
    if (count === 0) return false;
    // The event may be redelivered after some batches were inserted.
    await insertResults(tx, batch, runs, now);
    return true;
  });
}

/**
 * Inserts the results in a manifest batch by batch. Returns the first ones, or null if another run or outcome has
 * the task. Safe to repeat at any point. Throws BrokenManifest.
 */
export async function enterResults(
  event: TaskCompleted,
  manifest: NonNullable<TaskCompleted['manifest']>,
  dependencies: TaskEventDependencies,
): Promise<PublishedResult[] | null> {
  const task = await claim(event, dependencies);
  if (task === null) return null;
  const first: PublishedResult[] = [];
  let entered = 0;
  for await (const batch of manifestBatches(dependencies.storage, manifest.blobKey)) {
    if (!(await enterBatch(event, batch, task, dependencies))) return null;
    first.push(...batch.slice(0, limits.shownResults - first.length));
    entered += batch.length;
  }
  if (entered !== manifest.count) throw new BrokenManifest(`${entered} of ${manifest.count} lines`);
  return first;
}
