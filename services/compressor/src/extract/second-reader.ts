import { stat } from 'node:fs/promises';
import { type Tally, tallyByLibarchive } from '../engines/bsdtar/tally.js';
import type { ListedEntry } from '../engines/entry.js';
import type { RunningJob } from '../job/running-job.js';
import { TaskFailure } from '../job/task-failure.js';
import { libarchiveMemory } from '../open/open-by-libarchive.js';
import type { EntryList } from './entry-list.js';

/**
 * Holds the list by which a part is read against the list of another reader, where there is one for its format: as many
 * files, as many bytes. What the first has beyond the second is no loss where a checksum confirms it. Undefined if they
 * agree, or there is no second list; else an `archive-unreadable-here` that says what differs.
 */
export async function differenceBySecondReader(
  { bsdtar, memory, signal }: RunningJob,
  { part, kept }: CountedList,
): Promise<TaskFailure | undefined> {
  if (bsdtar === undefined || kept === undefined || part.secondReader === undefined)
    return undefined;
  const archive = part.secondReader;
  const isSummed = part.names !== 'tar';
  const first = tallyOf(kept.values(), { all: isSummed });
  if (first === undefined) return undefined;
  const options = {
    signal,
    memoryBytes: libarchiveMemory,
    archiveBytes: (await stat(archive)).size,
  };
  const second = await memory.hold(libarchiveMemory, signal, () =>
    tallyByLibarchive(bsdtar, archive, options),
  );
  if (second === undefined || agree(first, second, isSummed)) return undefined;
  return new TaskFailure('archive-unreadable-here', { detail: differenceOf(first, second) });
}

function agree(first: Tally, second: Tally, isSummed: boolean): boolean {
  const { files, bytes, perhaps = 0 } = second;
  if (isSummed) return first.files >= files && first.bytes >= bytes;
  return first.files >= files && first.files <= files + perhaps && first.bytes === bytes;
}

/** A list of a part, as far as it is counted. */
export type CountedList = Pick<EntryList, 'part' | 'kept'>;

/**
 * Undefined of a list that says too little: encrypted entries, or sizes that are not known. `all` counts hard links and
 * special files, which libarchive shows as files in a RAR 5 and in a zip.
 */
function tallyOf(entries: Iterable<ListedEntry>, { all }: { all: boolean }): Tally | undefined {
  const tally = { files: 0, bytes: 0 };
  for (const { kind, size, encrypted, hardLinkTo } of entries) {
    if (encrypted || size === undefined) return undefined;
    const isPlain = kind === 'file' && hardLinkTo === undefined;
    const isOther = kind === 'file' || kind === 'special';
    if (!isPlain && !(all && isOther)) continue;
    tally.files += 1;
    tally.bytes += size;
  }
  return tally;
}

const differenceOf = (first: Tally, second: Tally): string =>
  `Two readers differ about this archive: one finds ${count(first.files)} with ${first.bytes} bytes, ` +
  `the other ${count(second.files)} with ${second.bytes}. Nothing was taken from it, because either may be wrong.`;

const count = (files: number): string => (files === 1 ? '1 file' : `${files} files`);
