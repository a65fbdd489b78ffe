import type { StorageClient } from './storage-client.js';

/** Deletions at once: each takes a connection to storage, and a task may have thousands of results. */
const concurrency = 16;

/** Deletes what can be deleted now and never throws; the reconciler finds what is left. */
export async function deleteBlobs(
  storage: Pick<StorageClient, 'delete'>,
  keys: readonly string[],
): Promise<void> {
  // All workers take from the same iterator.
  const waiting = keys.values();
  const worker = async () => {
    for (const key of waiting) await storage.delete(key).catch(() => undefined);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}
