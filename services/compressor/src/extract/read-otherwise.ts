import { problemType } from '@comprimemelo/contracts/problems';
import type { LocalInput, RunningJob } from '../job/running-job.js';
import { TaskFailure } from '../job/task-failure.js';
import type { OpenArchive } from '../open/archive-part.js';
import { openByLibarchive } from '../open/open-by-libarchive.js';
import { listEntries } from './entry-list.js';
import { type CountedList, tallyOf } from './second-reader.js';

const unread = new Set([problemType('archive-corrupt'), problemType('unsupported-archive')]);

/**
 * Opens an archive by libarchive after its own reader has listed it, but cannot read what it listed: an empty entry packed
 * with LZMA, for example. Throws the failure where libarchive does not read all of that list, with its sums, and without
 * a word.
 */
export async function openOtherwise(
  running: RunningJob,
  {
    input,
    format,
    lists,
  }: { input: LocalInput; format: OpenArchive['format']; lists: readonly CountedList[] },
  failure: unknown,
): Promise<OpenArchive> {
  const [only] = lists;
  const first = only?.kept && tallyOf(only.kept.values());
  const canTry =
    failure instanceof TaskFailure &&
    unread.has(failure.problem.type) &&
    running.bsdtar !== undefined &&
    lists.length === 1 &&
    only?.part.secondReader === input.location;
  if (!canTry || first === undefined) throw failure;
  const file = { location: input.location, archiveBytes: input.size, format };
  const archive = await openByLibarchive(running, file).catch((error: unknown) => {
    running.signal.throwIfAborted();
    throw error instanceof TaskFailure ? failure : error;
  });
  if (await holdsAll(archive, first)) return archive;
  await archive.close();
  throw failure;
}

async function holdsAll(
  { parts }: OpenArchive,
  first: { files: number; bytes: number },
): Promise<boolean> {
  const [part] = parts;
  if (part === undefined) return false;
  const { kept } = await listEntries(part, first.files * 2 + 1_000, () => undefined);
  const second = kept && tallyOf(kept.values());
  return second?.files === first.files && second.bytes === first.bytes;
}
