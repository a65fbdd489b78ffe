import type { RequestedEncoding } from '@comprimemelo/contracts/name-encodings';
import type { ExtractionLimits } from '../job/extraction-limits.js';
import type { LossReport } from '../job/loss-report.js';
import { TaskFailure } from '../job/task-failure.js';
import type { OpenArchive } from '../open/archive-part.js';
import { createVerdict } from '../safety/verdict.js';
import { type Placed, type PlacedArchive, placeEntries } from './place-entries.js';
import { reportNames } from './report-names.js';
import type { RequestedEntries } from './requested-entries.js';
import { unreadableMetadata } from './unreadable-metadata.js';

/** What of an archive is to be read, in the order of its list. */
export interface Survey extends PlacedArchive {
  readonly wanted: readonly Placed[];
  /** Those that have the path of one that is wanted, and are not wanted themselves. */
  readonly sharing: readonly Placed[];
}

export interface SurveyOptions {
  /** Size of the original archive in bytes. */
  archiveBytes: number;
  limits: ExtractionLimits;
  /** Undefined if everything is wanted. */
  requested: RequestedEntries | undefined;
  /** Of names that are not UTF-8; undefined to detect it. */
  nameEncoding: RequestedEncoding | undefined;
  password: string | undefined;
  /** Receives what is omitted or changed. */
  report: LossReport;
}

const commentLost = 'The comments of entries were left out.';

/**
 * Lists an archive before anything is read and applies the verdict to the wanted entries. Throws a TaskFailure:
 * `unsafe-entry`, `archive-too-large`, `archive-too-demanding`, `password-required`, or what ArchivePart.list throws.
 */
export async function surveyArchive(
  archive: OpenArchive,
  { archiveBytes, limits, requested, nameEncoding, password, report }: SurveyOptions,
): Promise<Survey> {
  const verdict = createVerdict(archiveBytes, limits);
  const placed = await placeEntries(archive, { encoding: nameEncoding, mostKept: limits.entries });
  const refusal = archive.refusal?.();
  if (refusal) throw refusal;
  const wanted: Placed[] = [];
  const sharing: Placed[] = [];
  await placed.each((entry) => {
    // As inspecting shows it.
    const shown = entry.placed.escapes ? entry.placed.shown : entry.path;
    if (requested && !requested.match(shown)) {
      if (entry.path !== entry.placed.path && requested.match(entry.placed.path))
        sharing.push(entry);
      return;
    }
    verdict.add({ ...entry.listed, placed: entry.placed });
    if (verdict.failure) throw verdict.failure;
    reportNames(entry, { choice: placed.names.choice, report });
    if (entry.listed.commented) report.add('comments', entry.path, commentLost);
    for (const lost of unreadableMetadata(archive, entry.listed))
      report.addUnreadable(lost, entry.path);
    wanted.push(entry);
  });
  if (verdict.encrypted && password === undefined) throw new TaskFailure('password-required');
  return { ...placed, wanted, sharing };
}
