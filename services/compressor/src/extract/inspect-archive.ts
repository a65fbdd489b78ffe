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
  /** Size of the original archive in bytes. */
  archiveBytes: number;
  /** True if the job has a password, so that nothing is refused for lack of one. */
  hasPassword: boolean;
  /** The file to write, with one ArchiveEntry per line. */
  location: string;
  progress: OnProgress;
}

/** Number of entries that counts as half of the progress, because the total is unknown. */
const halfway = 100_000;

/**
 * Lists an archive into a file and summarizes it, even if it is dangerous. Keeps only a few entries in memory.
 * Throws a TaskFailure if it cannot be listed completely.
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

/** The summary of an archive with encrypted names. */
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
