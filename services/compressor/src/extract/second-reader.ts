import { stat } from 'node:fs/promises';
import { type Tally, tallyByLibarchive } from '../engines/bsdtar/tally.js';
import type { ListedEntry } from '../engines/entry.js';
import type { RunningJob } from '../job/running-job.js';
import { TaskFailure } from '../job/task-failure.js';
import { libarchiveMemory } from '../open/open-by-libarchive.js';
import type { EntryList } from './entry-list.js';

/**
 * Holds the list by which a part is read against the list of another reader, where there is one for its format: as many
 * files, as many bytes. Throws a TaskFailure `archive-unreadable-here` that says what differs.
 */
export async function checkBySecondReader(
  { bsdtar, memory, signal }: RunningJob,
  { part, kept }: EntryList,
): Promise<void> {
  if (bsdtar === undefined || kept === undefined || part.secondReader === undefined) return;
  const archive = part.secondReader;
  const first = tallyOf(kept.values());
  if (first === undefined) return;
  const options = {
    signal,
    memoryBytes: libarchiveMemory,
    archiveBytes: (await stat(archive)).size,
  };
  const second = await memory.hold(libarchiveMemory, signal, () =>
    tallyByLibarchive(bsdtar, archive, options),
  );
  if (second === undefined) return;
  if (first.files === second.files && first.bytes === second.bytes) return;
  throw new TaskFailure('archive-unreadable-here', { detail: differenceOf(first, second) });
}

/**
 * Undefined of a list that says too little: encrypted entries, or sizes that are not known; and of names that end with a
 * backslash, of which libarchive makes directories.
 */
function tallyOf(entries: Iterable<ListedEntry>): Tally | undefined {
  const tally = { files: 0, bytes: 0 };
  for (const { rawPath, kind, size, encrypted, hardLinkTo, symlink } of entries) {
    if (encrypted || size === undefined || rawPath.endsWith('\\')) return undefined;
    if (kind === 'directory' || symlink || hardLinkTo !== undefined) continue;
    tally.files += 1;
    tally.bytes += size;
  }
  return tally;
}

const differenceOf = (first: Tally, second: Tally): string =>
  `Two readers differ about this archive: one finds ${first.files} files with ${first.bytes} bytes, ` +
  `the other ${second.files} with ${second.bytes}. Nothing was taken from it, because either may be wrong.`;
