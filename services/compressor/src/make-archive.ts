import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { formats, parseFormat, type WrittenFormat } from '@comprimemelo/contracts/formats';
import type { Report } from './progress.js';
import type { ResultFile, RunningJob } from './running-job.js';
import { pack } from './seven-zip/pack.js';
import { SevenZipError } from './seven-zip/seven-zip-error.js';
import { TaskFailure } from './task-failure.js';
import { type ExpectedFile, verifyArchive } from './verify-archive.js';

export interface ArchiveContents {
  /** Everything in it goes into the archive. */
  readonly folder: string;
  /** The files that it holds, at any depth. */
  readonly files: readonly ExpectedFile[];
}

/** The job's format; throws a TaskFailure where it is none that is written or holds fewer files. */
export function writtenFormat({ job }: RunningJob, fileCount: number): WrittenFormat {
  const written = parseFormat(job.format ?? '');
  if (written === undefined) {
    throw new TaskFailure('unsupported-format', { detail: `${job.format} is not written.` });
  }
  if (formats[written].singleFile && fileCount !== 1) {
    throw new TaskFailure('single-file-format', { detail: `There are ${fileCount} files.` });
  }
  return written;
}

/** Packs the folder into the job's format, verifies the archive and gives it as the job's result. */
export async function makeArchive(
  running: RunningJob,
  { folder, files }: ArchiveContents,
  report: Report,
): Promise<ResultFile[]> {
  const { directory, job, sevenZip, signal, threads } = running;
  const format = writtenFormat(running, files.length);
  const location = join(directory, 'out', `archive.${format}`);
  await mkdir(join(directory, 'out'));
  const packed = await pack(sevenZip, {
    directory: folder,
    archive: location,
    format,
    level: job.options.level ?? 'normal',
    threads,
    signal,
    onPercent: (percent) => report(percent / 100),
  }).catch(orPackFailure);
  await verifyArchive(running, { ...packed, location, format, files });
  const name = job.resultName ?? `archive.${format}`;
  const { size } = await stat(location);
  return [{ name, path: name, location, size, mediaType: formats[format].mediaType }];
}

/** 7-Zip gave up for a reason of its own: another try would end the same. */
function orPackFailure(error: unknown): never {
  if (!(error instanceof SevenZipError) || error.transient) throw error;
  throw new TaskFailure('processing-failed', { cause: error });
}
