import type { StorageClient } from './storage-client.js';

/** Deletes as many blobs as possible and never throws; the reconciler removes the rest later. */
export async function deleteBlobs(
  storage: Pick<StorageClient, 'deleteMany'>,
  keys: readonly string[],
): Promise<void> {
  await storage.deleteMany(keys).catch(() => undefined);
}
