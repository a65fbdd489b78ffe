import { blobKey } from '@comprimemelo/contracts/blob-keys';
import type { PublishedResult, TaskCompleted } from '@comprimemelo/contracts/messages';
import { newId } from '@comprimemelo/prisma/client/identifiers';
import type { StorageClient } from '@comprimemelo/storage-client/storage-client';

/** A result as a run stores it. */
export async function storedResult(storage: StorageClient, text = 'zipped', name = 'a.zip') {
  const id = newId();
  const key = blobKey('results', id);
  const { size, sha256 } = await storage.put(key, [Buffer.from(text)]);
  const names = { name, path: name, mediaType: 'application/zip' };
  return { id, blobKey: key, size, sha256, ...names };
}

/** The report of a run that is done. */
export const completed = (
  taskId: string,
  results: PublishedResult[],
  more: Partial<TaskCompleted> = {},
): TaskCompleted => ({
  type: 'task.completed',
  ...{ taskId, attempt: 1, runId: newId(), results },
  ...{ manifest: null, report: [], inspections: [], ...more },
});
