import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  canEncrypt,
  formats,
  parseFormat,
  type WrittenFormat,
} from '@comprimemelo/contracts/formats';
import { SevenZipError } from '../engines/process/seven-zip-error.js';
import { packingMemory } from '../engines/seven-zip/memory-need.js';
import { pack } from '../engines/seven-zip/pack.js';
import { timeLimits } from '../engines/seven-zip/time-limits.js';
import type { OnProgress } from '../job/progress.js';
import type { ResultFile, RunningJob } from '../job/running-job.js';
import { TaskFailure } from '../job/task-failure.js';
import { type ExpectedFile, verifyArchive } from './verify-archive.js';

export interface ArchiveContents {
  /** All of its contents are packed. */
  readonly folder: string;
  /** Its files, at any depth. */
  readonly files: readonly ExpectedFile[];
  /** Its directories. */
  readonly directories?: readonly string[];
}

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

/** Packs the folder into the output format, verifies the archive and returns it as the result of the job. */
export async function makeArchive(
  running: RunningJob,
  { folder, files, directories = [] }: ArchiveContents,
  report: OnProgress,
): Promise<ResultFile[]> {
  const { directory, job, memory, sevenZip, signal, threads } = running;
  const format = writtenFormat(running, files.length);
  const location = join(directory, 'out', `archive.${format}`);
  await mkdir(join(directory, 'out'));
  const level = job.options.level ?? 'normal';
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const memoryBytes = packingMemory({ format, level, threads, bytes });
  const secret = passwordFor(running, format);
  const options = {
    directory: folder,
    archive: location,
    format,
    level,
    bytes,
    threads,
    limits: { memoryBytes, ...timeLimits(bytes) },
    ...secret,
    encryptNames: job.options.encryptNames ?? false,
  };
  const encrypted = secret.password !== undefined;
  const held = { location, format, files, directoryCount: directories.length, encrypted };
  const onPercent = (percent: number) => report(percent / 100);
  await memory.hold(memoryBytes, signal, async () => {
    const packed = await pack(sevenZip, { ...options, signal, onPercent }).catch(orPackFailure);
    await verifyArchive(running, { ...packed, ...held });
  });
  const name = job.resultName ?? `archive.${format}`;
  const { size } = await stat(location);
  return [{ name, path: name, location, size, mediaType: formats[format].mediaType }];
}

/**
 * The password that encrypts the result. If the format does not support passwords, a password that opens the inputs
 * is fine, but one that nothing else needs is an error.
 */
function passwordFor({ job, password }: RunningJob, format: WrittenFormat): { password?: string } {
  if (password === undefined) return {};
  const options: readonly string[] = formats[format].options;
  const fault = !options.includes('password')
    ? job.operation === 'compress' &&
      `The format ${format} does not support passwords. Choose zip or 7z.`
    : !canEncrypt(format, password) &&
      'A zip password may contain ASCII characters only. Choose another password or 7z.';
  if (fault) throw new TaskFailure('unsupported-option', { detail: fault });
  return options.includes('password') ? { password } : {};
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
