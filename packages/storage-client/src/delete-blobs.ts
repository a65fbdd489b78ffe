import type { StorageClient } from './storage-client.js';

/** Deletes what can be deleted now and never throws; the reconciler finds what is left. */
export async function deleteBlobs(
  storage: Pick<StorageClient, 'delete'>,
  keys: readonly string[],
): Promise<void> {
  await Promise.allSettled(keys.map((key) => storage.delete(key)));
}
