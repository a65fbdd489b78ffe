import type { BatchHeader, StoredBatch } from '@comprimemelo/contracts/blob-batch';
import { limits } from '@comprimemelo/contracts/limits';
import type { StoredBlob } from './put-blob.js';
import type { StorageConnection } from './storage-connection.js';
import { StorageUnavailable } from './storage-errors.js';

/** A blob that is small enough to keep in memory: at most limits.batchBytes. */
export interface SmallBlob {
  key: string;
  bytes: Uint8Array;
}

/** Batches in flight: one is assembled while storage waits for the disk. */
const atOnce = 2;

interface Batch {
  /** Where its first blob stands among all of them. */
  from: number;
  blobs: SmallBlob[];
}

/** Groups the blobs into batches that fit into one request. */
async function* batchesOf(
  blobs: Iterable<SmallBlob> | AsyncIterable<SmallBlob>,
): AsyncGenerator<Batch> {
  let batch: Batch = { from: 0, blobs: [] };
  let bytes = 0;
  for await (const blob of blobs) {
    bytes += blob.bytes.length;
    if (batch.blobs.length === limits.batchBlobs || bytes > limits.batchBytes) {
      if (batch.blobs.length > 0) yield batch;
      batch = { from: batch.from + batch.blobs.length, blobs: [] };
      bytes = blob.bytes.length;
    }
    batch.blobs.push(blob);
  }
  if (batch.blobs.length > 0) yield batch;
}

function* encode(blobs: readonly SmallBlob[]): Generator<Uint8Array> {
  for (const { key, bytes } of blobs) {
    const header: BatchHeader = { key, size: bytes.length };
    yield Buffer.from(`${JSON.stringify(header)}\n`);
    yield bytes;
  }
}

async function putBatch(
  connection: StorageConnection,
  blobs: readonly SmallBlob[],
  signal: AbortSignal | undefined,
): Promise<StoredBlob[]> {
  const answer = await connection.call({
    method: 'POST',
    path: '/blobs',
    headers: { 'content-type': 'application/octet-stream' },
    body: Buffer.concat([...encode(blobs)]),
    signal,
  });
  const { items } = (await answer.body.json()) as StoredBatch;
  return blobs.map(({ key, bytes }, at) => {
    const { size, sha256 } = items[at] ?? { size: -1, sha256: '' };
    if (items[at]?.key === key && size === bytes.length) return { size, sha256 };
    throw new StorageUnavailable(`stored ${size} of ${bytes.length} bytes of ${key}`);
  });
}

/**
 * Stores many small blobs with few requests; resolves to the results in order when all of them are durable. `blobs`
 * is consumed on demand, so that only a few batches are in memory. On failure some blobs may have been stored, each
 * of them complete. Throws what `blobs` throws, the reason of `signal`, `upload-too-large` or StorageUnavailable,
 * after all requests have ended.
 */
export async function putMany(
  connection: StorageConnection,
  blobs: Iterable<SmallBlob> | AsyncIterable<SmallBlob>,
  { signal }: { signal?: AbortSignal } = {},
): Promise<StoredBlob[]> {
  const batches = batchesOf(blobs);
  const stored: StoredBlob[] = [];
  const failures: unknown[] = [];
  // Both workers share the generator, so a failure of one stops the other.
  const worker = async () => {
    for await (const batch of batches) {
      const kept = await putBatch(connection, batch.blobs, signal);
      for (const [at, blob] of kept.entries()) stored[batch.from + at] = blob;
    }
  };
  const workers = Array.from({ length: atOnce }, () =>
    worker().catch((error: unknown) => failures.push(error)),
  );
  await Promise.all(workers);
  if (failures.length > 0) throw failures[0];
  return stored;
}
