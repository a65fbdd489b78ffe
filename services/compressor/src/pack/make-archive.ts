import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  canEncrypt,
  formats,
  parseFormat,
  type WrittenFormat,
} from '@comprimemelo/contracts/formats';
import { SevenZipError } from '../engines/process/seven-zip-error.js';
import type { UnpackedEntry } from '../extract/unpacked-entry.js';
import type { LossReport } from '../job/loss-report.js';
import type { OnProgress } from '../job/progress.js';
import type { ResultFile, RunningJob } from '../job/running-job.js';
import { TaskFailure } from '../job/task-failure.js';
import { fitFormat } from './fit-format.js';
import { verifyArchive } from './verify-archive.js';
import { writeArchive } from './write-archive.js';

/** The output format of the job. Throws a TaskFailure if it cannot be written or cannot hold that many files. */
export function writtenFormat({ job }: RunningJob, fileCount: number): WrittenFormat {
  const written = parseFormat(job.format ?? '');
  if (written === undefined) {
    throw new TaskFailure('unsupported-format', {
      detail: `The format ${job.format} cannot be written.`,
    });
  }
  if (formats[written].singleFile && fileCount !== 1) {
    throw new TaskFailure('single-file-format', {
      detail: `The format ${written} can hold only one file, but there are ${fileCount}.`,
    });
  }
  return written;
}

export interface MakeOptions {
  /** True if the contents are files of the job alone, not links to what others have. */
  owned: boolean;
  /** Receives what the format does not hold. */
  report: LossReport;
  progress: OnProgress;
  /** Of the whole archive; empty where there is none. */
  comment?: Buffer;
}

/** Writes the entries in the output format, verifies the archive and returns it as the result of the job. */
export async function makeArchive(
  running: RunningJob,
  entries: readonly UnpackedEntry[],
  { owned, report, progress, comment = Buffer.alloc(0) }: MakeOptions,
): Promise<ResultFile[]> {
  const { directory, job } = running;
  const files = entries.filter((entry) => entry.kind === 'file');
  const format = writtenFormat(running, files.length);
  const location = join(directory, 'out', `archive.${format}`);
  await mkdir(join(directory, 'out'));
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const password = passwordFor(running, format);
  const writing = { location, format, bytes, password, owned, report, progress, comment };
  const fitting = fitFormat(entries, format, report);
  const written = await writeArchive(running, fitting, writing).catch(orPackFailure);
  const made = { ...written, location, format, encrypted: password !== undefined };
  await verifyArchive(running, made).catch(orPackFailure);
  const name = job.resultName ?? `archive.${format}`;
  const { size } = await stat(location);
  return [{ name, path: name, location, size, mediaType: formats[format].mediaType }];
}

/**
 * The password that encrypts the result. If the format does not support passwords, a password that opens the inputs
 * is fine, but one that nothing else needs is an error.
 */
function passwordFor({ job, password }: RunningJob, format: WrittenFormat): string | undefined {
  if (password === undefined) return undefined;
  const options: readonly string[] = formats[format].options;
  const fault = !options.includes('password')
    ? job.operation === 'compress' &&
      `The format ${format} does not support passwords. Choose zip or 7z.`
    : !canEncrypt(format, password) &&
      'A zip password may contain ASCII characters only. Choose another password or 7z.';
  if (fault) throw new TaskFailure('unsupported-option', { detail: fault });
  return options.includes('password') ? password : undefined;
}

/** 7-Zip failed for an internal reason, so a retry would fail the same way. */
function orPackFailure(error: unknown): never {
  if (!(error instanceof SevenZipError) || error.transient) throw error;
  const detail = 'Compressing took longer than the time limit for this size.';
  throw new TaskFailure(
    'processing-failed',
    error.late ? { detail, cause: error } : { cause: error },
  );
}
