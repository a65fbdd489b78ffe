import { limits } from '@comprimemelo/contracts/limits';
import type { PublishedResult, TaskCompleted } from '@comprimemelo/contracts/messages';
import type { TaskResult } from '@comprimemelo/contracts/task';
import { fromBytes, toBytes } from '@comprimemelo/prisma/identifiers';
import { deleteBlobs } from '@comprimemelo/storage-client/delete-blobs';
import { writeEndedMessage } from './ended-message.js';
import { announceChange, openAttempt, type TaskEventDependencies } from './task-event.js';

const toShown = ({ id, name, path, size, sha256 }: PublishedResult): TaskResult => ({
  ...{ id, name, path, size, sha256 },
});

const toRow = (result: PublishedResult, ownerId: Uint8Array, taskId: string, createdAt: Date) => ({
  id: toBytes(result.id),
  ownerId: Uint8Array.from(ownerId),
  taskId: toBytes(taskId),
  kind: 'result' as const,
  name: result.name,
  path: result.path,
  size: BigInt(result.size),
  mediaType: result.mediaType,
  sha256: new Uint8Array(Buffer.from(result.sha256, 'hex')),
  blobKey: result.blobKey,
  createdAt,
});

/** Ends the task with its results, in one transaction. Returns its owner; null when it had ended before. */
async function publishResults(
  { taskId, attempt, results, report }: TaskCompleted,
  { db }: TaskEventDependencies,
  trace: Record<string, string | undefined>,
): Promise<string | null> {
  const finishedAt = new Date();
  return db.prisma.$transaction(async (tx) => {
    const { count } = await tx.task.updateMany({
      where: openAttempt({ taskId, attempt }),
      data: {
        status: 'processed',
        progress: 100,
        results: JSON.stringify(results.slice(0, limits.shownResults).map(toShown)),
        resultCount: results.length,
        report: JSON.stringify(report),
        finishedAt,
        touchedAt: finishedAt,
      },
    });
    if (count === 0) return null;
    const task = await tx.task.findUniqueOrThrow({ where: { id: toBytes(taskId) } });
    await tx.file.createMany({
      data: results.map((result) => toRow(result, task.ownerId, taskId, finishedAt)),
    });
    await writeEndedMessage(tx, task, 'task.processed', trace);
    return fromBytes(task.ownerId);
  });
}

/** Deletes the blobs of a run that came too late. The winner's own event may come twice: its rows say so. */
async function discard(results: PublishedResult[], dependencies: TaskEventDependencies) {
  const { db, storage } = dependencies;
  const blobKeys = results.map(({ blobKey }) => blobKey);
  const published = await db.prisma.file.findMany({
    where: { blobKey: { in: blobKeys } },
    select: { blobKey: true },
  });
  const kept = new Set(published.map(({ blobKey }) => blobKey));
  const lost = blobKeys.filter((key) => !kept.has(key));
  await deleteBlobs(storage, lost);
}

/** A run has stored its results: publishes them if it is the first to end this attempt of the task. */
export async function applyCompleted(
  event: TaskCompleted,
  dependencies: TaskEventDependencies,
  trace: Record<string, string | undefined>,
): Promise<void> {
  const ownerId = await publishResults(event, dependencies, trace);
  if (ownerId === null) return discard(event.results, dependencies);
  dependencies.relay.wake();
  const { taskId } = event;
  announceChange(dependencies.publisher, { taskId, ownerId, status: 'processed', progress: 100 });
}
