import type { WrittenFormat } from '@comprimemelo/contracts/formats';
import { formats } from '@comprimemelo/contracts/formats';
import { containers } from '../engines/seven-zip/container.js';
import { listArchive } from '../engines/seven-zip/list-archive.js';
import type { ListedEntry } from '../engines/seven-zip/listing.js';
import type { Packed } from '../engines/seven-zip/pack.js';
import { testArchive } from '../engines/seven-zip/test-archive.js';
import type { RunningJob } from '../job/running-job.js';
import { TaskFailure } from '../job/task-failure.js';

/** A file that was packed. */
export interface ExpectedFile {
  /** One character per byte. */
  readonly rawPath: string;
  /** Bytes. */
  readonly size: number;
}

export interface MadeArchive extends Packed {
  readonly location: string;
  readonly format: WrittenFormat;
  readonly files: readonly ExpectedFile[];
  /** Number of packed directories. */
  readonly directoryCount: number;
  /** True if reading the files requires a password. */
  readonly encrypted: boolean;
}

/**
 * Verifies that the archive lists exactly what was packed: every name and size, or, for a compound tar, the size of
 * the tar. If configured, also decompresses it once to verify its checksums. Throws a TaskFailure
 * `processing-failed`, a SevenZipError, or the reason of the signal.
 */
export async function verifyArchive(
  { sevenZip, signal, threads, fullVerify, password }: RunningJob,
  archive: MadeArchive,
): Promise<void> {
  const { type } = containers[archive.format];
  const opening = { type, signal, ...(archive.encrypted ? { password } : {}) };
  const check = createListingCheck(archive);
  await listArchive(sevenZip, archive.location, opening, (entries) => entries.forEach(check.add));
  const fault = check.fault();
  if (fault !== undefined) {
    throw new TaskFailure('processing-failed', {
      detail: 'The new archive failed verification: its content does not match the inputs.',
      cause: fault,
    });
  }
  if (fullVerify) await testArchive(sevenZip, archive.location, { ...opening, threads });
}

/** Compares a listing, entry by entry, with what was packed. */
export interface ListingCheck {
  add(entry: ListedEntry): void;
  /** What is wrong with the listing; undefined if nothing is. */
  fault(): string | undefined;
}

export const createListingCheck = (archive: MadeArchive): ListingCheck =>
  containers[archive.format].wrapsTar || formats[archive.format].singleFile
    ? createStreamCheck(archive)
    : createTreeCheck(archive);

function createStreamCheck({ format, files, tarBytes }: MadeArchive): ListingCheck {
  const bytes = tarBytes ?? files[0]?.size ?? 0;
  let count = 0;
  let declared: number | undefined;
  return {
    add(entry) {
      count += 1;
      declared = entry.size;
    },
    fault() {
      if (count !== 1) return `${count} entries in the place of one`;
      return declaresSize(format, declared, bytes) ? undefined : `${declared} bytes for ${bytes}`;
    },
  };
}

/** gzip stores the size modulo 2^32, bzip2 does not store it. Source: RFC 1952. */
function declaresSize(format: WrittenFormat, declared: number | undefined, bytes: number): boolean {
  const { type } = containers[format];
  if (type === 'bzip2') return declared === undefined;
  return declared === (type === 'gzip' ? bytes % 2 ** 32 : bytes);
}

function createTreeCheck({ files, directoryCount, encrypted }: MadeArchive): ListingCheck {
  const missing = new Map(files.map(({ rawPath, size }) => [rawPath, size]));
  let directories = 0;
  let first: string | undefined;
  const faultOf = (entry: ListedEntry): string | undefined => {
    if (missing.get(entry.rawPath) !== entry.size || entry.kind !== 'file') {
      return `${entry.path} is there with ${entry.size} bytes and did not go in so`;
    }
    // An empty file has nothing to encrypt.
    if (encrypted && !entry.encrypted && entry.size !== 0) return `${entry.path} is not encrypted`;
    return undefined;
  };
  return {
    add(entry) {
      if (entry.kind === 'directory') {
        directories += 1;
        return;
      }
      first ??= faultOf(entry);
      missing.delete(entry.rawPath);
    },
    fault() {
      if (first !== undefined) return first;
      if (missing.size > 0) return `${missing.size} files are not there`;
      if (directories === directoryCount) return undefined;
      return `${directories} directories in the place of ${directoryCount}`;
    },
  };
}
