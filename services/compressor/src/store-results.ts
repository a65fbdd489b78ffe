import { createReadStream } from 'node:fs';
import { blobKey } from '@comprimemelo/contracts/blob-keys';
import type { PublishedResult } from '@comprimemelo/contracts/messages';
import type { StorageClient } from '@comprimemelo/storage-client/storage-client';
import pLimit from 'p-limit';
import { v7 } from 'uuid';
import { counted } from './counted.js';
import type { Report } from './progress.js';
import type { ResultFile } from './running-job.js';

/** Files of one job that are stored at the same time: the disk of storage is waited for each. */
const atOnce = 4;
const pieceBytes = 256 * 1024;

export interface StoreOptions {
  storage: StorageClient;
  signal: AbortSignal;
  report: Report;
}

/**
 * Stores the results under new ids, so that no other run can have named them. Rejects when the first one
 * cannot be stored, and never before the others have ended; the reconciler finds what was stored.
 */
export async function storeResults(
  files: readonly ResultFile[],
  { storage, signal, report }: StoreOptions,
): Promise<PublishedResult[]> {
  const limit = pLimit({ concurrency: atOnce, rejectOnClear: true });
  const total = files.reduce((sum, { size }) => sum + size, 0);
  let bytes = 0;
  const onBytes = (count: number) => {
    bytes += count;
    report(bytes / total);
  };
  const failures: unknown[] = [];
  const stored = files.map((file) =>
    limit(() => storeOne(file, { storage, signal, onBytes })).catch((error: unknown) => {
      failures.push(error);
      limit.clearQueue();
      throw error;
    }),
  );
  await Promise.allSettled(stored);
  if (failures.length > 0) throw failures[0];
  return Promise.all(stored);
}

async function storeOne(
  { location, name, path, size, mediaType }: ResultFile,
  options: { storage: StorageClient; signal: AbortSignal; onBytes: (count: number) => void },
): Promise<PublishedResult> {
  const { storage, signal, onBytes } = options;
  const id = v7();
  const key = blobKey('results', id);
  const source = createReadStream(location, { highWaterMark: pieceBytes });
  const stored = await storage.put(key, counted(source, onBytes), { signal });
  if (stored.size !== size) throw new Error(`${stored.size} of ${size} bytes of ${path} arrived`);
  return { id, blobKey: key, name, path, size, sha256: stored.sha256, mediaType };
}
