import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { blobKey } from '@comprimemelo/contracts/blob-keys';
import { limits } from '@comprimemelo/contracts/limits';
import type { PublishedResult, TaskCompleted } from '@comprimemelo/contracts/messages';
import type { StoredBlob } from '@comprimemelo/storage-client/put-blob';
import type { StorageClient } from '@comprimemelo/storage-client/storage-client';
import pLimit from 'p-limit';
import { v7 } from 'uuid';
import type { OnProgress } from '../job/progress.js';
import type { ResultFile } from '../job/running-job.js';
import { counted } from './count-bytes.js';
import { storeManifest } from './store-manifest.js';

/** Files up to this size in bytes are read into memory and stored in batches. */
const smallBytes = 64 * 1024;
/** Larger files of one job stored in parallel, because each waits for the disk of storage. */
const atOnce = 4;
const pieceBytes = 256 * 1024;

export interface StoreOptions {
  storage: StorageClient;
  signal: AbortSignal;
  report: OnProgress;
}

/** A result that is being stored. */
interface Outgoing {
  readonly file: ResultFile;
  readonly id: string;
  readonly key: string;
  stored?: StoredBlob | undefined;
}

type OnBytes = (count: number) => void;

/**
 * Stores the results under new ids, which no other run can have used. Returns them, or a manifest if they do not fit
 * into an event. Rejects if one cannot be stored, after all uploads have ended; the reconciler removes what was
 * stored.
 */
export async function storeResults(
  files: readonly ResultFile[],
  { storage, signal, report }: StoreOptions,
): Promise<Pick<TaskCompleted, 'results' | 'manifest'>> {
  const outgoing = files.map(prepare);
  const total = files.reduce((sum, { size }) => sum + size, 0);
  let bytes = 0;
  const onBytes: OnBytes = (count) => {
    bytes += count;
    report(total === 0 ? 1 : bytes / total);
  };
  const options = { storage, signal, onBytes };
  await storeSmall(
    outgoing.filter(({ file }) => file.size <= smallBytes),
    options,
  );
  await storeLarge(
    outgoing.filter(({ file }) => file.size > smallBytes),
    options,
  );
  const results = outgoing.map(published);
  if (results.length <= limits.eventResults) return { results, manifest: null };
  return { results: [], manifest: await storeManifest(results, { storage, signal }) };
}

function prepare(file: ResultFile): Outgoing {
  const id = v7();
  return { file, id, key: blobKey('results', id) };
}

function published({ file, id, key, stored }: Outgoing): PublishedResult {
  const { name, path, rawPath, size, mediaType } = file;
  if (stored?.size !== size) {
    throw new Error(`${stored?.size ?? 'none'} of ${size} bytes of ${path} arrived`);
  }
  const raw = rawPath === undefined ? {} : { rawPath };
  return { id, blobKey: key, name, path, ...raw, size, sha256: stored.sha256, mediaType };
}

interface Transfer {
  storage: StorageClient;
  signal: AbortSignal;
  onBytes: OnBytes;
}

/** Needs few requests and few disk syncs, however many files there are. */
async function storeSmall(
  outgoing: readonly Outgoing[],
  { storage, signal, onBytes }: Transfer,
): Promise<void> {
  async function* blobs() {
    for (const { file, key } of outgoing) {
      signal.throwIfAborted();
      const bytes = await readFile(file.location);
      onBytes(bytes.length);
      yield { key, bytes };
    }
  }
  const stored = await storage.putMany(blobs(), { signal });
  for (const [at, one] of outgoing.entries()) one.stored = stored[at];
}

async function storeLarge(
  outgoing: readonly Outgoing[],
  { storage, signal, onBytes }: Transfer,
): Promise<void> {
  const limit = pLimit({ concurrency: atOnce, rejectOnClear: true });
  const failures: unknown[] = [];
  const store = async (one: Outgoing) => {
    const source = createReadStream(one.file.location, { highWaterMark: pieceBytes });
    one.stored = await storage.put(one.key, counted(source, onBytes), { signal });
  };
  const storing = outgoing.map((one) =>
    limit(() => store(one)).catch((error: unknown) => {
      failures.push(error);
      limit.clearQueue();
    }),
  );
  await Promise.all(storing);
  if (failures.length > 0) throw failures[0];
}
