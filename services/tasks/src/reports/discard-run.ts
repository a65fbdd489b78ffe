import type { PublishedResult, TaskCompleted } from '@comprimemelo/contracts/messages';
import { toBytes } from '@comprimemelo/prisma/client/identifiers';
import { deleteBlobs } from '@comprimemelo/storage-client/delete-blobs';
import type { TaskEventDependencies } from '../dependencies.js';
import { BrokenManifest, manifestBatches } from './manifest.js';

/** Whether this attempt of the task has been processed: by this very run, where the run has rows. */
async function isProcessed({ taskId, attempt }: TaskCompleted, { db }: TaskEventDependencies) {
  const where = { id: toBytes(taskId), attempt, status: 'processed' as const };
  return (await db.prisma.task.count({ where })) > 0;
}

/** Removes the rows that a run has entered before it lost the task. */
async function removeRows(results: PublishedResult[], { db }: TaskEventDependencies) {
  const ids = results.map(({ id }) => toBytes(id));
  await db.prisma.$transaction([
    db.prisma.taskInput.deleteMany({ where: { fileId: { in: ids } } }),
    db.prisma.file.deleteMany({ where: { id: { in: ids } } }),
  ]);
}

/** The blobs that no row names: those of the winner's own event, come twice, are named. */
async function unnamedResults(results: PublishedResult[], { db }: TaskEventDependencies) {
  const keys = results.map(({ blobKey }) => blobKey);
  const rows = await db.prisma.file.findMany({
    where: { blobKey: { in: keys } },
    select: { blobKey: true },
  });
  const named = new Set(rows.map(({ blobKey }) => blobKey));
  return keys.filter((key) => !named.has(key));
}

async function unnamedInspections(event: TaskCompleted, { db }: TaskEventDependencies) {
  const keys = event.inspections.map(({ blobKey }) => blobKey);
  if (keys.length === 0) return [];
  const rows = await db.prisma.inspection.findMany({
    where: { blobKey: { in: keys } },
    select: { blobKey: true },
  });
  const named = new Set(rows.map(({ blobKey }) => blobKey));
  return keys.filter((key) => !named.has(key));
}

async function* batchesOf(event: TaskCompleted, { storage }: TaskEventDependencies) {
  if (event.manifest === null) yield event.results;
  else yield* manifestBatches(storage, event.manifest.blobKey);
}

/**
 * Deletes what a run has stored that came too late, or has lost the task while its results were entered.
 * The winner's own event may come twice: what its rows name stays.
 */
export async function discardRun(
  event: TaskCompleted,
  dependencies: TaskEventDependencies,
): Promise<void> {
  const { storage } = dependencies;
  const keepsRows = await isProcessed(event, dependencies);
  try {
    for await (const batch of batchesOf(event, dependencies)) {
      if (batch.length === 0) continue;
      if (!keepsRows) await removeRows(batch, dependencies);
      await deleteBlobs(storage, await unnamedResults(batch, dependencies));
    }
  } catch (error) {
    // It is deleted last: whoever did that has done the rest.
    if (!(error instanceof BrokenManifest)) throw error;
  }
  const manifest = event.manifest === null ? [] : [event.manifest.blobKey];
  await deleteBlobs(storage, [...(await unnamedInspections(event, dependencies)), ...manifest]);
}
