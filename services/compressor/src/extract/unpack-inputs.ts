import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseNameEncoding } from '@comprimemelo/contracts/name-encodings';
import type { ExtractionLimits } from '../job/extraction-limits.js';
import type { LossReport } from '../job/loss-report.js';
import { type OnProgress, share } from '../job/progress.js';
import type { LocalInput, RunningJob } from '../job/running-job.js';
import { TaskFailure } from '../job/task-failure.js';
import { archiveBaseName } from '../open/archive-base-name.js';
import type { OpenArchive } from '../open/archive-part.js';
import { openArchive } from '../open/open-archive.js';
import { inputNames } from '../transfer/input-names.js';
import type { ArchiveInput } from '../volumes/archive-input.js';
import { gatherArchives } from '../volumes/gather-archives.js';
import { type ContentFiles, createContentFiles } from './content-files.js';
import { readEntries } from './read-entries.js';
import { openOtherwise } from './read-otherwise.js';
import { createRequestedEntries, type RequestedEntries } from './requested-entries.js';
import { differenceBySecondReader } from './second-reader.js';
import { type Survey, surveyArchive } from './survey-archive.js';
import type { UnpackedEntry } from './unpacked-entry.js';

export interface UnpackInputsOptions {
  /** True to have symbolic links too, where they stay inside their archive. */
  links: boolean;
  /** Receives what is omitted. */
  report: LossReport;
  progress: OnProgress;
  /** Receives the comment of each archive that has one. */
  onComment?: (comment: Buffer) => void;
}

interface Unpacking extends UnpackInputsOptions {
  files: ContentFiles;
  requested: RequestedEntries | undefined;
}

/**
 * Reads every archive that the inputs are: the entries of a single one as they are, those of several each in a folder
 * with the archive's name. Each requested entry must exist in one of them. Contents are files with names of our own. Throws a
 * TaskFailure if an archive is unsafe, too large or damaged, or an entry is missing.
 */
export async function unpackInputs(
  running: RunningJob,
  inputs: readonly LocalInput[],
  options: UnpackInputsOptions,
): Promise<UnpackedEntry[]> {
  const folder = join(running.directory, 'contents');
  await mkdir(folder);
  const archives = await gatherArchives(running, inputs);
  for (const { split } of archives) if (split?.missing) throw split.missing;
  const { entries } = running.job.options;
  const requested = entries && createRequestedEntries(entries);
  const files = createContentFiles(folder, running.signal);
  const unpacking = { ...options, files, requested };
  const [only] = archives;
  const unpacked =
    archives.length === 1 && only
      ? await unpack(running, only, unpacking)
      : await unpackSeveral(running, archives, unpacking);
  requested?.checkFound();
  return unpacked;
}

async function unpackSeveral(
  running: RunningJob,
  inputs: readonly ArchiveInput[],
  { progress, ...unpacking }: Unpacking,
): Promise<UnpackedEntry[]> {
  const names = inputNames(inputs.map(({ name }) => archiveBaseName(name)));
  const shares = share(progress, inputs.length);
  const all: UnpackedEntry[] = [];
  for (const [at, input] of inputs.entries()) {
    const name = names[at] ?? input.name;
    const own = { ...unpacking, progress: shares[at] ?? progress };
    all.push({ kind: 'directory', path: name, mode: undefined, modified: undefined });
    for (const entry of await unpack(running, input, own)) all.push(under(name, entry));
    checkTogether(all, running.limits);
  }
  return all;
}

function under(folder: string, entry: UnpackedEntry): UnpackedEntry {
  const path = `${folder}/${entry.path}`;
  if (entry.kind !== 'file' || entry.linkTo === undefined) return { ...entry, path };
  return { ...entry, path, linkTo: `${folder}/${entry.linkTo}` };
}

/** Each archive is within its limits; together they must be within the same. */
function checkTogether(entries: readonly UnpackedEntry[], limits: ExtractionLimits): void {
  const files = entries.filter((entry) => entry.kind === 'file');
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  if (files.length <= limits.entries && bytes <= limits.bytes) return;
  throw new TaskFailure('archive-too-large', {
    detail: `The archives together extract to more than ${limits.entries} files or ${limits.bytes} bytes, which are the limits.`,
  });
}

async function unpack(
  running: RunningJob,
  input: ArchiveInput,
  unpacking: Unpacking,
): Promise<UnpackedEntry[]> {
  const { report, progress } = unpacking;
  const [opening = progress, extracting = progress] = share(progress, 2);
  const archive = await openArchive(running, input, opening);
  const reading = archive.unwrapped ? extracting : progress;
  try {
    for (const { lost, detail } of archive.notes ?? []) report.note(lost, detail);
    if (archive.comment) unpacking.onComment?.(archive.comment);
    const undo = report.undoable();
    const survey = await surveyInput(running, { archive, input }, unpacking);
    try {
      const entries = await readEntries(survey, { ...unpacking, progress: reading });
      const notes = new Set(archive.parts.flatMap((part) => part.notes?.() ?? []));
      for (const { lost, detail } of notes) report.note(lost, detail);
      return entries;
    } catch (failure) {
      const { format } = archive;
      const other = await openOtherwise(running, { input, format, lists: survey.lists }, failure);
      undo();
      return await readOther(running, { archive: other, input }, unpacking);
    }
  } finally {
    await archive.close();
  }
}

async function readOther(
  running: RunningJob,
  { archive, input }: OpenedInput,
  unpacking: Unpacking,
): Promise<UnpackedEntry[]> {
  try {
    const survey = await surveyInput(running, { archive, input }, unpacking);
    return await readEntries(survey, unpacking);
  } finally {
    await archive.close();
  }
}

interface OpenedInput {
  archive: OpenArchive;
  input: LocalInput;
}

/** Surveys an archive, and holds it against a second reader. */
async function surveyInput(
  running: RunningJob,
  { archive, input }: OpenedInput,
  { requested, report }: Unpacking,
): Promise<Survey> {
  const { password, limits, job } = running;
  const nameEncoding = parseNameEncoding(job.options.nameEncoding ?? 'auto');
  const options = { archiveBytes: input.size, limits, requested, nameEncoding, password, report };
  const survey = await surveyArchive(archive, options);
  for (const list of survey.lists) {
    const difference = await differenceBySecondReader(running, list);
    if (difference) throw difference;
  }
  return survey;
}
