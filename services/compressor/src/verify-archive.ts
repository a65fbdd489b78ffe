import type { WrittenFormat } from '@comprimemelo/contracts/formats';
import { formats } from '@comprimemelo/contracts/formats';
import type { RunningJob } from './running-job.js';
import { containers } from './seven-zip/container.js';
import { listArchive } from './seven-zip/list-archive.js';
import type { ListedEntry } from './seven-zip/listing.js';
import type { Packed } from './seven-zip/pack.js';
import { testArchive } from './seven-zip/test-archive.js';
import { TaskFailure } from './task-failure.js';

/** A file that went into the archive. */
export interface ExpectedFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

export interface MadeArchive extends Packed {
  readonly location: string;
  readonly format: WrittenFormat;
  readonly files: readonly ExpectedFile[];
}

/**
 * Makes sure that the archive declares what went into it: every name and size; of a compound tar, the tar's
 * length. Where the job asks for it, unpacks it once as well and checks its sums. Throws a TaskFailure
 * `processing-failed`, a SevenZipError, or the signal's reason.
 */
export async function verifyArchive(
  { sevenZip, signal, threads, fullVerify }: RunningJob,
  archive: MadeArchive,
): Promise<void> {
  const { type } = containers[archive.format];
  const entries = await listArchive(sevenZip, archive.location, { type, signal });
  const fault = faultOf(entries, archive);
  if (fault !== undefined) {
    throw new TaskFailure('processing-failed', {
      detail: 'The archive that was made does not hold what went into it.',
      cause: fault,
    });
  }
  if (fullVerify) await testArchive(sevenZip, archive.location, { type, signal, threads });
}

/** What is wrong with the listing of an archive; undefined where nothing is. */
export function faultOf(
  entries: readonly ListedEntry[],
  { format, files, tarBytes }: MadeArchive,
): string | undefined {
  if (!containers[format].wrapsTar && !formats[format].singleFile) return treeFault(entries, files);
  const bytes = tarBytes ?? files[0]?.size ?? 0;
  const declared = entries[0]?.size;
  if (entries.length !== 1) return `${entries.length} entries in the place of one`;
  return declaresSize(format, declared, bytes) ? undefined : `${declared} bytes for ${bytes}`;
}

/** gzip keeps the size modulo 2^32, bzip2 none. Source: RFC 1952. */
function declaresSize(format: WrittenFormat, declared: number | undefined, bytes: number): boolean {
  const { type } = containers[format];
  if (type === 'bzip2') return declared === undefined;
  return declared === (type === 'gzip' ? bytes % 2 ** 32 : bytes);
}

function treeFault(
  entries: readonly ListedEntry[],
  files: readonly ExpectedFile[],
): string | undefined {
  const listed = new Map(
    entries.filter(({ kind }) => kind !== 'directory').map((entry) => [entry.path, entry]),
  );
  if (listed.size !== files.length) return `${listed.size} files in the place of ${files.length}`;
  const missing = files.find(({ path, size }) => {
    const entry = listed.get(path);
    return entry?.kind !== 'file' || entry.size !== size;
  });
  return missing && `${missing.path} is not there with its ${missing.size} bytes`;
}
