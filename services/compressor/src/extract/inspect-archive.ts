import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { ArchiveSummary } from '@comprimemelo/contracts/archive';
import type { ReadFormat } from '@comprimemelo/contracts/formats';
import type { RequestedEncoding } from '@comprimemelo/contracts/name-encodings';
import { problemType } from '@comprimemelo/contracts/problems';
import type { ExtractionLimits } from '../job/extraction-limits.js';
import type { OnProgress } from '../job/progress.js';
import { TaskFailure } from '../job/task-failure.js';
import type { OpenArchive } from '../open/archive-part.js';
import { createVerdict } from '../safety/verdict.js';
import type { EntryList } from './entry-list.js';
import type { PlacedArchive } from './place-entries.js';
import { writeEntries } from './write-entries.js';

export interface InspectionOptions {
  /** Size of the original archive in bytes. */
  archiveBytes: number;
  limits: ExtractionLimits;
  /** True if the job has a password, so that nothing is refused for lack of one. */
  hasPassword: boolean;
  /** Of names that are not UTF-8; undefined to detect it. */
  nameEncoding: RequestedEncoding | undefined;
  /** The file to write, with one ArchiveEntry per line. */
  location: string;
  progress: OnProgress;
  /** What another reader finds otherwise than the list says; undefined if nothing. */
  differenceOf: (list: EntryList) => Promise<TaskFailure | undefined>;
}

/**
 * Lists an archive into a file and summarizes it, even if it is dangerous. Keeps only a few entries in memory.
 * Throws a TaskFailure if it cannot be listed completely.
 */
export async function inspectArchive(
  archive: OpenArchive,
  options: InspectionOptions,
): Promise<ArchiveSummary> {
  const verdict = createVerdict(options.archiveBytes, options.limits);
  const output = createWriteStream(options.location, { flags: 'wx' });
  let placed: PlacedArchive;
  try {
    placed = await writeEntries(output, archive, { ...options, verdict });
  } catch (error) {
    if (!wantsPassword(error)) throw error;
    return { ...verdict.summary(archive.format), ...closed };
  } finally {
    output.end();
    await finished(output);
  }
  const { choice } = placed.names;
  const names = {
    nameEncoding: choice?.encoding ?? null,
    nameConfidence: choice?.confidence ?? null,
  };
  const summary = { ...verdict.summary(archive.format), ...names };
  const refusal = archive.refusal?.();
  if (refusal) return { ...summary, ...refusedBy(refusal) };
  const isLocked = summary.encrypted && !options.hasPassword;
  const refused = summary.refused ?? (isLocked ? closed.refused : null);
  const difference = refused === null ? await firstDifference(placed, options) : undefined;
  return difference ? { ...summary, ...refusedBy(difference) } : { ...summary, refused };
}

async function firstDifference(
  { lists }: PlacedArchive,
  { differenceOf }: InspectionOptions,
): Promise<TaskFailure | undefined> {
  for (const list of lists) {
    const difference = await differenceOf(list);
    if (difference) return difference;
  }
  return undefined;
}

const refusedBy = ({ problem }: TaskFailure) => ({
  refused: problem.type,
  refusedDetail: problem.detail ?? null,
});

/** The summary of an archive that tells nothing without its missing parts. */
export function summaryOfParts({
  format,
  archiveBytes,
  limits,
  missing,
}: Pick<InspectionOptions, 'archiveBytes' | 'limits'> & {
  format: ReadFormat;
  missing: TaskFailure;
}): ArchiveSummary {
  const names = { nameEncoding: null, nameConfidence: null };
  return {
    ...createVerdict(archiveBytes, limits).summary(format),
    ...names,
    ...refusedBy(missing),
  };
}

/** The summary of an archive with encrypted names. */
const closed = {
  encrypted: true,
  passwordRequired: true,
  refused: problemType('password-required'),
};

const wantsPassword = (error: unknown): boolean =>
  error instanceof TaskFailure && error.problem.type === closed.refused;
