import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatOfName } from '@comprimemelo/contracts/formats';
import { parseNameEncoding } from '@comprimemelo/contracts/name-encodings';
import { problemType } from '@comprimemelo/contracts/problems';
import { inspectArchive, summaryOfParts } from '../extract/inspect-archive.js';
import { differenceBySecondReader } from '../extract/second-reader.js';
import { type OnProgress, share } from '../job/progress.js';
import type { LocalInspection, Operation, RunningJob } from '../job/running-job.js';
import { TaskFailure } from '../job/task-failure.js';
import { openArchive } from '../open/open-archive.js';
import type { ArchiveInput } from '../volumes/archive-input.js';
import { gatherArchives } from '../volumes/gather-archives.js';

/** Lists each archive, dangerous or not, and extracts nothing. Of one that lacks parts, as much as they tell. */
export const inspect: Operation = async (running, inputs) => {
  const progress = running.stage(10, 90);
  const archives = await gatherArchives(running, inputs);
  const shares = share(progress, archives.length);
  const inspections: LocalInspection[] = [];
  for (const [at, archive] of archives.entries()) {
    inspections.push(await inspectInput(running, archive, shares[at] ?? progress));
  }
  return { files: [], inspections };
};

async function inspectInput(
  running: RunningJob,
  input: ArchiveInput,
  report: OnProgress,
): Promise<LocalInspection> {
  const { missing, apart } = input.split ?? {};
  if (missing && !apart) return inspectParts(running, input, missing);
  try {
    return await inspectWhole(running, input, report);
  } catch (error) {
    if (!isMissing(error)) throw error;
    return inspectParts(running, input, error);
  }
}

const isMissing = (error: unknown): error is TaskFailure =>
  error instanceof TaskFailure && error.problem.type === problemType('volumes-missing');

const entriesFile = ({ directory }: RunningJob, { at }: ArchiveInput): string =>
  join(directory, `entries-${at}.ndjson`);

/** Pieces of a file that tell no entries without the others. */
async function inspectParts(
  running: RunningJob,
  input: ArchiveInput,
  missing: TaskFailure,
): Promise<LocalInspection> {
  const format = formatOfName(input.name);
  if (format === undefined) throw missing;
  const location = entriesFile(running, input);
  await writeFile(location, '');
  const { limits } = running;
  const summary = summaryOfParts({ format, archiveBytes: input.size, limits, missing });
  return { input: input.at, location, summary };
}

async function inspectWhole(
  running: RunningJob,
  input: ArchiveInput,
  report: OnProgress,
): Promise<LocalInspection> {
  const [opening = report, listing = report] = share(report, 2);
  const archive = await openArchive(running, input, opening);
  const location = entriesFile(running, input);
  try {
    const summary = await inspectArchive(archive, {
      archiveBytes: input.size,
      limits: running.limits,
      hasPassword: running.password !== undefined,
      nameEncoding: parseNameEncoding(running.job.options.nameEncoding ?? 'auto'),
      location,
      progress: listing,
      differenceOf: (list) => differenceBySecondReader(running, list),
    });
    return { input: input.at, location, summary };
  } finally {
    await archive.close();
  }
}
