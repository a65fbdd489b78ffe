import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { ArchiveEntry, ArchiveSummary, EntryDanger } from '@comprimemelo/contracts/archive';
import { problemType } from '@comprimemelo/contracts/problems';
import type { ListedEntry } from '../engines/seven-zip/listing.js';
import type { OnProgress } from '../job/progress.js';
import { TaskFailure } from '../job/task-failure.js';
import type { OpenArchive } from '../open/archive-part.js';
import { inFolder } from '../open/archive-part.js';
import { createVerdict, type Verdict } from '../safety/verdict.js';

export interface InspectionOptions {
  /** Bytes of the archive as it came. */
  archiveBytes: number;
  /** True where the job has one: nothing is refused for the want of it then. */
  hasPassword: boolean;
  /** The file to write: one ArchiveEntry a line. */
  location: string;
  progress: OnProgress;
}

/** Entries after which half of the progress is told: nobody knows how many there will be. */
const halfway = 100_000;

/**
 * Lists an archive into a file and sums it up: a dangerous one, too. Holds no more than some entries at a time.
 * Throws a TaskFailure where it cannot be listed to its end.
 */
export async function inspectArchive(
  archive: OpenArchive,
  options: InspectionOptions,
): Promise<ArchiveSummary> {
  const verdict = createVerdict(options.archiveBytes);
  const output = createWriteStream(options.location, { flags: 'wx' });
  try {
    await listInto(output, archive, { verdict, progress: options.progress });
  } catch (error) {
    if (!wantsPassword(error)) throw error;
    return { ...verdict.summary(archive.format), ...closed };
  } finally {
    output.end();
    await finished(output);
  }
  const { refused, ...summary } = verdict.summary(archive.format);
  const isLocked = summary.encrypted && !options.hasPassword;
  return { ...summary, refused: refused ?? (isLocked ? closed.refused : null) };
}

/** Of an archive whose names are encrypted. */
const closed = {
  encrypted: true,
  passwordRequired: true,
  refused: problemType('password-required'),
};

const wantsPassword = (error: unknown): boolean =>
  error instanceof TaskFailure && error.problem.type === closed.refused;

async function listInto(
  output: WriteStream,
  { parts }: OpenArchive,
  { verdict, progress }: { verdict: Verdict; progress: OnProgress },
): Promise<void> {
  let count = 0;
  for (const part of parts) {
    await part.list(async (entries) => {
      const lines = entries.map((entry) => {
        const placed = inFolder(part.folder, entry);
        return `${JSON.stringify(shown(placed, verdict.add(placed)))}\n`;
      });
      count += entries.length;
      progress(count / (count + halfway));
      if (lines.length > 0 && !output.write(lines.join(''))) await once(output, 'drain');
    });
  }
}

const shown = (entry: ListedEntry, danger: EntryDanger | undefined): ArchiveEntry => ({
  path: entry.path,
  kind: entry.kind,
  size: entry.size ?? null,
  packedSize: entry.packedSize ?? null,
  modified: entry.modified ?? null,
  encrypted: entry.encrypted,
  danger: danger ?? null,
});
