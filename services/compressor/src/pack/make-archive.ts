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
  /** Everything in it goes into the archive. */
  readonly folder: string;
  /** The files that it holds, at any depth. */
  readonly files: readonly ExpectedFile[];
  /** The directories below it. */
  readonly directories?: readonly string[];
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
 * What encrypts the result. Where a format cannot be encrypted, a password that opens the inputs is no fault; one
 * that nothing else needs is.
 */
function passwordFor({ job, password }: RunningJob, format: WrittenFormat): { password?: string } {
  if (password === undefined) return {};
  const options: readonly string[] = formats[format].options;
  const fault = !options.includes('password')
    ? job.operation === 'compress' && `${format} cannot be encrypted.`
    : !canEncrypt(format, password) && 'The password of a zip has characters of ASCII alone.';
  if (fault) throw new TaskFailure('unsupported-option', { detail: fault });
  return options.includes('password') ? { password } : {};
}

/** 7-Zip gave up for a reason of its own: another try would end the same. */
function orPackFailure(error: unknown): never {
  if (!(error instanceof SevenZipError) || error.transient) throw error;
  const detail = 'Packing took longer than is given to so many bytes.';
  throw new TaskFailure(
    'processing-failed',
    error.late ? { detail, cause: error } : { cause: error },
  );
}
