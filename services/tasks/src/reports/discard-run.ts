import type { PublishedResult, TaskCompleted } from '@comprimemelo/contracts/messages';
import { toBytes } from '@comprimemelo/prisma/client/identifiers';
import { deleteBlobs } from '@comprimemelo/storage-client/delete-blobs';
import type { TaskEventDependencies } from '../dependencies.js';
import { BrokenManifest, manifestBatches } from './manifest.js';

/** Whether this attempt of the task was processed; if the run has rows, by this very run. */
async function isProcessed({ taskId, attempt }: TaskCompleted, { db }: TaskEventDependencies) {
  const where = { id: toBytes(taskId), attempt, status: 'processed' as const };
  return (await db.prisma.task.count({ where })) > 0;
}

/** Deletes the rows that a run inserted before it lost the task. */
async function removeRows(results: PublishedResult[], { db }: TaskEventDependencies) {
  const ids = results.map(({ id }) => toBytes(id));
  await db.prisma.$transaction([
    db.prisma.taskInput.deleteMany({ where: { fileId: { in: ids } } }),
    db.prisma.file.deleteMany({ where: { id: { in: ids } } }),
  ]);
}

/** The blobs that no row references. If the winning event arrives twice, its blobs are referenced. */
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
 * Deletes what a run stored if it came too late or lost the task while its results were being inserted. If the
 * winning event arrives twice, the blobs that its rows reference are kept.
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
    // The manifest is deleted last, so if it is missing, the rest was already deleted.
    if (!(error instanceof BrokenManifest)) throw error;
  }
  const manifest = event.manifest === null ? [] : [event.manifest.blobKey];
  await deleteBlobs(storage, [...(await unnamedInspections(event, dependencies)), ...manifest]);
}
