import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { LocalInput, RunningJob } from '../job/running-job.js';

/** Bytes that are read at a time. */
const readBytes = 1024 * 1024;

/**
 * Writes the pieces one behind the other to a new file, and removes each from the scratch directory once it is in it:
 * never more than the pieces and one of them again are there. A single piece stays what it is.
 */
export async function joinPieces(
  { directory, signal }: RunningJob,
  pieces: readonly LocalInput[],
): Promise<string> {
  const [first] = pieces;
  if (first !== undefined && pieces.length === 1) return first.location;
  const joined = join(directory, `joined-${randomUUID()}`);
  for (const { location } of pieces) {
    const source = createReadStream(location, { highWaterMark: readBytes });
    const target = createWriteStream(joined, { flags: 'a', highWaterMark: readBytes });
    await pipeline(source, target, { signal });
    await rm(location, { force: true });
  }
  return joined;
}
