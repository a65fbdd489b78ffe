import { crc32 } from 'node:zlib';
import { problemType } from '@comprimemelo/contracts/problems';
import type { ListedEntry } from '../engines/entry.js';
import type { LocalInput, RunningJob } from '../job/running-job.js';
import { TaskFailure } from '../job/task-failure.js';
import type { OpenArchive } from '../open/archive-part.js';
import { openByLibarchive } from '../open/open-by-libarchive.js';
import { listEntries } from './entry-list.js';
import type { CountedList } from './second-reader.js';

/** An archive that its own reader has listed, and not read. */
export interface UnreadArchive {
  readonly input: LocalInput;
  readonly format: OpenArchive['format'];
  readonly lists: readonly CountedList[];
}

/**
 * Opens an archive by libarchive after its own reader has listed it, but cannot read what it listed: an empty entry packed
 * with LZMA, for example. Throws the failure unless libarchive's contents have the sizes and sums of that list, because
 * for a method that it does not know it gives zeros, without a word.
 */
export async function openOtherwise(
  running: RunningJob,
  { input, format, lists }: UnreadArchive,
  failure: unknown,
): Promise<OpenArchive> {
  const [only] = lists;
  const declared = only?.kept && sumsOf(only.kept.values());
  const isBeside = lists.length === 1 && only?.part.secondReader === input.location;
  if (!isUnread(failure) || !isBeside || declared === undefined || !running.bsdtar) throw failure;
  const file = { location: input.location, archiveBytes: input.size, format };
  const archive = await openByLibarchive(running, file).catch((error: unknown) => {
    running.signal.throwIfAborted();
    throw error instanceof TaskFailure ? failure : error;
  });
  try {
    if ((await readSums(archive, declared.length)) === declared.join()) return archive;
  } catch (error) {
    await archive.close();
    throw error;
  }
  await archive.close();
  throw failure;
}

const isUnread = (failure: unknown): boolean =>
  failure instanceof TaskFailure && failure.problem.type === problemType('archive-corrupt');

/** Size and CRC-32 of each file, sorted; undefined where one is not known. */
function sumsOf(entries: Iterable<ListedEntry>): string[] | undefined {
  const sums: string[] = [];
  for (const { kind, size, crc32: sum } of entries) {
    if (kind !== 'file') continue;
    if (size === undefined || (sum === undefined && size > 0)) return undefined;
    sums.push(`${size} ${sum ?? 0}`);
  }
  return sums.sort();
}

async function readSums({ parts }: OpenArchive, mostFiles: number): Promise<string | undefined> {
  const [part] = parts;
  const kept = part && (await listEntries(part, 2 * mostFiles + 1_000, () => undefined)).kept;
  if (part === undefined || kept === undefined) return undefined;
  const has = (index: number) => kept.get(index)?.kind === 'file';
  const sums: string[] = [];
  for await (const { bytes } of part.read(
    { entries: kept, complete: true, has },
    () => undefined,
  )) {
    let [size, sum] = [0, 0];
    for await (const piece of bytes()) {
      size += piece.length;
      sum = crc32(piece, sum);
    }
    sums.push(`${size} ${sum}`);
  }
  return sums.sort().join();
}
