import { blobKey } from '@comprimemelo/contracts/blob-keys';
import type { PublishedResult, TaskCompleted } from '@comprimemelo/contracts/messages';
import type { StorageClient } from '@comprimemelo/storage-client/storage-client';
import { v7 } from 'uuid';

/** Lines built at a time. */
const atOnce = 500;

function* lines(results: readonly PublishedResult[]): Generator<Uint8Array> {
  for (let from = 0; from < results.length; from += atOnce) {
    const some = results.slice(from, from + atOnce);
    yield Buffer.from(some.map((result) => `${JSON.stringify(result)}\n`).join(''));
  }
}

/** Stores the description of many results, one per line (NDJSON), for the tasks service. */
export async function storeManifest(
  results: readonly PublishedResult[],
  { storage, signal }: { storage: StorageClient; signal: AbortSignal },
): Promise<TaskCompleted['manifest']> {
  const key = blobKey('manifests', v7());
  await storage.put(key, lines(results), { signal });
  return { blobKey: key, count: results.length };
}
