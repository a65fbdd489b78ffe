import { limits } from '@comprimemelo/contracts/limits';
import { PublishedResult } from '@comprimemelo/contracts/messages';
import { blobLines } from '@comprimemelo/storage-client/blob-lines';
import type { StorageClient } from '@comprimemelo/storage-client/storage-client';
import { BlobNotFound } from '@comprimemelo/storage-client/storage-errors';
import { Compile } from 'typebox/compile';

/** The manifest of a run cannot be read, and retrying would not help. */
export class BrokenManifest extends Error {
  override name = 'BrokenManifest';
}

const validator = Compile(PublishedResult);

function parseLine(line: Buffer): PublishedResult {
  let result: unknown;
  try {
    result = JSON.parse(line.toString('utf8'));
  } catch (cause) {
    throw new BrokenManifest('a line is no JSON', { cause });
  }
  if (!validator.Check(result)) throw new BrokenManifest('a line is no result');
  return result;
}

async function open(storage: StorageClient, key: string) {
  try {
    return await storage.get(key);
  } catch (error) {
    if (error instanceof BlobNotFound) throw new BrokenManifest('it is gone', { cause: error });
    throw error;
  }
}

/** Reads the results of a manifest in batches, so that they are never all in memory. */
export async function* manifestBatches(
  storage: StorageClient,
  key: string,
  size: number = limits.eventResults,
): AsyncGenerator<PublishedResult[]> {
  const { stream } = await open(storage, key);
  try {
    let batch: PublishedResult[] = [];
    for await (const line of blobLines(stream)) {
      batch.push(parseLine(line));
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  } finally {
    stream.destroy();
  }
}
