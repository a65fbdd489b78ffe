import type { ListedEntry } from '../engines/seven-zip/listing.js';
import type { LossReport } from '../job/loss-report.js';
import { TaskFailure } from '../job/task-failure.js';
import type { ArchivePart, OpenArchive, Wanted } from '../open/archive-part.js';
import { inFolder } from '../open/archive-part.js';
import { createVerdict } from '../safety/verdict.js';
import { createExtractionPlan } from './extraction-plan.js';
import type { RequestedEntries } from './requested-entries.js';
import { unreadableMetadata } from './unreadable-metadata.js';

/** A part of an archive of which something is extracted. */
export interface SurveyedPart {
  readonly part: ArchivePart;
  readonly wanted: Wanted;
  /** The files that come out. */
  readonly fileCount: number;
}

export interface SurveyOptions {
  /** Bytes of the archive as it came. */
  archiveBytes: number;
  /** Undefined where everything is wanted. */
  requested: RequestedEntries | undefined;
  password: string | undefined;
  /** Takes what is left out. */
  report: LossReport;
}

/**
 * Lists an archive before anything of it is extracted and obeys the verdict on what is wanted. Throws a
 * TaskFailure: `unsafe-entry`, `archive-too-large`, `archive-too-demanding`, `password-required`, or as
 * ArchivePart.list does.
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

/** A path in its part; empty where it is all of the part. */
const withoutFolder = (folder: string, path: string): string =>
  folder === '' ? path : path.slice(folder.length + 1);
