import type { ListedEntry } from '../engines/seven-zip/listing.js';
import type { LossReport } from '../job/loss-report.js';
import { TaskFailure } from '../job/task-failure.js';
import type { ArchivePart, OpenArchive, Wanted } from '../open/archive-part.js';
import { inFolder } from '../open/archive-part.js';
import { createVerdict } from '../safety/verdict.js';
import { createExtractionPlan } from './extraction-plan.js';
import type { RequestedEntries } from './requested-entries.js';
import { unreadableMetadata } from './unreadable-metadata.js';

/** A part of an archive from which something is extracted. */
export interface SurveyedPart {
  readonly part: ArchivePart;
  readonly wanted: Wanted;
  /** Number of files to be extracted. */
  readonly fileCount: number;
}

export interface SurveyOptions {
  /** Size of the original archive in bytes. */
  archiveBytes: number;
  /** Undefined if everything is wanted. */
  requested: RequestedEntries | undefined;
  password: string | undefined;
  /** Receives what is omitted. */
  report: LossReport;
}

/**
 * Lists an archive before extraction and applies the verdict to the wanted entries. Throws a TaskFailure:
 * `unsafe-entry`, `archive-too-large`, `archive-too-demanding`, `password-required`, or what ArchivePart.list throws.
 */
export async function surveyArchive(
  archive: OpenArchive,
  { archiveBytes, requested, password, report }: SurveyOptions,
): Promise<SurveyedPart[]> {
  const verdict = createVerdict(archiveBytes);
  const surveyed: SurveyedPart[] = [];
  for (const part of archive.parts) {
    const plan = createExtractionPlan();
    let isWanted = requested === undefined;
    const take = (entry: ListedEntry) => {
      const placed = inFolder(part.folder, entry);
      const match = requested?.match(placed);
      if (requested && match === undefined) return;
      isWanted = true;
      const danger = verdict.add(placed);
      if (verdict.failure) throw verdict.failure;
      if (danger) report.add(danger === 'link' ? 'links' : 'special-files', placed.path);
      for (const lost of unreadableMetadata(archive, placed))
        report.addUnreadable(lost, placed.path);
      plan.add(entry, match && withoutFolder(part.folder, match));
    };
    await part.list((entries) => entries.forEach(take));
    const wanted = plan.settle((path) => report.add('links', path));
    if (isWanted) surveyed.push({ part, wanted, fileCount: plan.expected.size });
  }
  if (verdict.encrypted && password === undefined) throw new TaskFailure('password-required');
  return surveyed;
}

/** A path relative to its part; empty if it is the whole part. */
const withoutFolder = (folder: string, path: string): string =>
  folder === '' ? path : path.slice(folder.length + 1);
