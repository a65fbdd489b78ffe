import { dirname, parse } from 'node:path';
import type { ListedEntry } from '../entry.js';
import type { SevenZip } from '../process/launcher.js';
import { outputLines } from '../process/output-lines.js';
import {
  keptOutputOf,
  type SevenZipProcess,
  startSevenZip,
  type TakenLimits,
} from '../process/run-program.js';
import { supervise } from '../process/supervise.js';
import { listArguments } from './arguments.js';
import type { ContainerType } from './container.js';
import { readListing } from './listing.js';

/** Receives the next entries; the listing waits for it. An error ends the listing. */
export type TakeEntries = (entries: readonly ListedEntry[]) => void | Promise<void>;

export interface ListOptions {
  type: ContainerType;
  signal: AbortSignal;
  limits?: TakenLimits;
  /** The folder of an archive in several volumes, all of which 7-Zip then reads. */
  volumes?: string | undefined;
  /** Required if the names are encrypted. */
  password?: string | undefined;
}

/**
 * Lists an archive without extracting it, keeping no entries in memory. Rejects with a SevenZipError if it cannot be
 * read completely.
 */
export async function listArchive(
  sevenZip: SevenZip,
  archive: string,
  { type, signal, limits = {}, password, volumes }: ListOptions,
  take: TakeEntries,
): Promise<void> {
  const lister = startSevenZip(sevenZip, listArguments(archive, type), {
    cwd: dirname(archive),
    access: { reads: [volumes ?? archive] },
    output: 'pipe',
    ...(password === undefined ? {} : { input: { line: password } }),
    limits,
  });
  const read = readEntries(lister, archive, take).catch((error: unknown) => {
    lister.kill();
    throw error;
  });
  const [listed, ended] = await Promise.allSettled([read, supervise([lister], signal)]);
  if (listed.status === 'rejected') throw listed.reason;
  if (ended.status === 'rejected') throw ended.reason;
}

async function readEntries(
  lister: SevenZipProcess,
  archive: string,
  take: TakeEntries,
): Promise<void> {
  const unnamed = Buffer.from(parse(archive).name).toString('latin1');
  const lines = outputLines(keptOutputOf(lister));
  for await (const entries of readListing(lines, unnamed)) await take(entries);
}
