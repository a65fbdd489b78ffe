import { createReadStream } from 'node:fs';
import { blobKey } from '@comprimemelo/contracts/blob-keys';
import type { Inspection } from '@comprimemelo/contracts/messages';
import type { StorageClient } from '@comprimemelo/storage-client/storage-client';
import { v7 } from 'uuid';
import type { LocalInspection } from '../job/running-job.js';

/** Stores the entries of each archive under a new id. The reconciler removes those of superseded runs. */
export async function storeInspections(
  inspections: readonly LocalInspection[],
  { storage, signal }: { storage: StorageClient; signal: AbortSignal },
): Promise<Inspection[]> {
  const stored: Inspection[] = [];
  for (const { input, location, summary } of inspections) {
    const key = blobKey('inspections', v7());
    await storage.put(key, createReadStream(location), { signal });
    stored.push({ input, blobKey: key, summary });
  }
  return stored;
}
