import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { ArchiveEntry, ArchiveSummary, EntryDanger } from '@comprimemelo/contracts/archive';
import type { ReadFormat } from '@comprimemelo/contracts/formats';
import type { RequestedEncoding } from '@comprimemelo/contracts/name-encodings';
import { problemType } from '@comprimemelo/contracts/problems';
import type { ExtractionLimits } from '../job/extraction-limits.js';
import type { OnProgress } from '../job/progress.js';
import { TaskFailure } from '../job/task-failure.js';
import type { EncodingChoice } from '../names/name-reader.js';
import type { OpenArchive } from '../open/archive-part.js';
import { createVerdict, type Verdict } from '../safety/verdict.js';
import { rfc3339Of } from './entry-time.js';
import { type Placed, placeEntries } from './place-entries.js';

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
  const verdict = createVerdict(options.archiveBytes, options.limits);
  const output = createWriteStream(options.location, { flags: 'wx' });
  let choice: EncodingChoice | undefined;
  try {
    choice = await listInto(output, archive, { ...options, verdict });
  } catch (error) {
    if (!wantsPassword(error)) throw error;
    return { ...verdict.summary(archive.format), ...closed };
  } finally {
    output.end();
    await finished(output);
  }
  const names = {
    nameEncoding: choice?.encoding ?? null,
    nameConfidence: choice?.confidence ?? null,
  };
  const summary = { ...verdict.summary(archive.format), ...names };
  const refusal = archive.refusal?.();
  if (refusal) return { ...summary, ...refusedBy(refusal) };
  const isLocked = summary.encrypted && !options.hasPassword;
  return { ...summary, refused: summary.refused ?? (isLocked ? closed.refused : null) };
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

interface Listing {
  verdict: Verdict;
  limits: ExtractionLimits;
  nameEncoding: RequestedEncoding | undefined;
  progress: OnProgress;
}

/** Entries that are written together. */
const batch = 256;

async function listInto(
  output: WriteStream,
  archive: OpenArchive,
  { verdict, limits, nameEncoding, progress }: Listing,
): Promise<EncodingChoice | undefined> {
  let count = 0;
  let lines = '';
  const flush = async () => {
    progress(count / (count + halfway));
    if (lines.length > 0 && !output.write(lines)) await once(output, 'drain');
    lines = '';
  };
  const placed = await placeEntries(archive, { encoding: nameEncoding, mostKept: limits.entries });
  await placed.each((entry) => {
    const danger = verdict.add({ ...entry.listed, placed: entry.placed });
    lines += `${JSON.stringify(shown(entry, danger))}\n`;
    count += 1;
    return count % batch === 0 ? flush() : undefined;
  });
  await flush();
  return placed.names.choice;
}

const shown = (entry: Placed, danger: EntryDanger | undefined): ArchiveEntry => ({
  path: danger === 'traversal' ? entry.placed.shown : entry.path,
  ...(entry.rawPath ? { rawPath: entry.rawPath } : {}),
  kind: entry.listed.kind,
  size: entry.listed.size ?? null,
  packedSize: entry.listed.packedSize ?? null,
  modified: rfc3339Of(entry.listed.modified) ?? null,
  encrypted: entry.listed.encrypted,
  danger: danger ?? null,
});
