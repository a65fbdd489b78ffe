import { dirname } from 'node:path';
import { listArguments } from './arguments.js';
import type { ContainerType } from './container.js';
import { type ListedEntry, readListing } from './listing.js';
import { outputLines } from './output-lines.js';
import { outputOf, startSevenZip } from './process.js';
import type { SevenZip } from './seven-zip.js';
import { supervise } from './supervise.js';

export interface ListOptions {
  type: ContainerType;
  signal: AbortSignal;
  /** Bytes of address space. */
  memoryBytes?: number;
  /** Called with the number of entries so far; what it throws ends the listing. */
  onCount?: (count: number) => void;
}

/** Lists the archive without unpacking it. Rejects with a SevenZipError where it cannot be read. */
export async function listArchive(
  sevenZip: SevenZip,
  archive: string,
  { type, signal, memoryBytes, onCount }: ListOptions,
): Promise<ListedEntry[]> {
  const lister = startSevenZip(sevenZip, listArguments(archive, type), {
    cwd: dirname(archive),
    output: 'pipe',
    ...(memoryBytes === undefined ? {} : { limits: { memoryBytes } }),
  });
  const read = readListing(outputLines(outputOf(lister)), onCount).catch((error: unknown) => {
    lister.kill();
    throw error;
  });
  const [listed, ended] = await Promise.allSettled([read, supervise([lister], signal)]);
  if (listed.status === 'rejected') throw listed.reason;
  if (ended.status === 'rejected') throw ended.reason;
  return listed.value;
}
