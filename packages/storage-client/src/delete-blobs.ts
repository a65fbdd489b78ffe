import type { StorageClient } from './storage-client.js';

/** Deletes what can be deleted now and never throws; the reconciler finds what is left. */
export async function deleteBlobs(
  storage: Pick<StorageClient, 'deleteMany'>,
  keys: readonly string[],
): Promise<void> {
  await storage.deleteMany(keys).catch(() => undefined);
}
