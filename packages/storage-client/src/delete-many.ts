import type { BlobDeletion } from '@comprimemelo/contracts/blob-batch';
import { limits } from '@comprimemelo/contracts/limits';
import type { StorageConnection } from './storage-connection.js';

/**
 * Deletes many blobs with few requests. Missing blobs are not an error. Tries every key, then throws the first
 * failure.
 */
export async function deleteMany(
  connection: StorageConnection,
  keys: readonly string[],
  { signal }: { signal?: AbortSignal } = {},
): Promise<void> {
  const failures: unknown[] = [];
  for (let from = 0; from < keys.length; from += limits.batchBlobs) {
    const deletion: BlobDeletion = { keys: keys.slice(from, from + limits.batchBlobs) };
    try {
      const answer = await connection.call({
        method: 'POST',
        path: '/blobs/delete',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(deletion),
        signal,
      });
      await answer.body.dump();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
