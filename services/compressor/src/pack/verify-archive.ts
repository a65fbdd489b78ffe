import type { EntryKind } from '@comprimemelo/contracts/archive';
import type { WrittenFormat } from '@comprimemelo/contracts/formats';
import { formats } from '@comprimemelo/contracts/formats';
import type { ListedEntry } from '../engines/entry.js';
import { containers } from '../engines/seven-zip/container.js';
import { listArchive } from '../engines/seven-zip/list-archive.js';
import { testArchive } from '../engines/seven-zip/test-archive.js';
import type { UnpackedEntry } from '../extract/unpacked-entry.js';
import type { RunningJob } from '../job/running-job.js';
import { TaskFailure } from '../job/task-failure.js';
import { readable } from '../names/readable.js';
import { foldersOf } from '../safety/extracted-path.js';
import type { Written } from './write-archive.js';

export interface MadeArchive extends Written {
  readonly location: string;
  readonly format: WrittenFormat;
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

function createStreamCheck({ format, streamBytes = 0, isMembers }: MadeArchive): ListingCheck {
  const bytes = streamBytes;
  let count = 0;
  let declared: number | undefined;
  return {
    add(entry) {
      count += 1;
      declared = entry.size;
    },
    fault() {
      if (count !== 1) return `${count} entries in the place of one`;
      if (isMembers) return undefined;
      return declaresSize(format, declared, bytes) ? undefined : `${declared} bytes for ${bytes}`;
    },
  };
}

/** gzip stores the size modulo 2^32; bzip2 does not, nor zstd as it is written here. Source: RFC 1952. */
function declaresSize(format: WrittenFormat, declared: number | undefined, bytes: number): boolean {
  const { type } = containers[format];
  if (type === 'bzip2' || type === 'zstd') return declared === undefined;
  return declared === (type === 'gzip' ? bytes % 2 ** 32 : bytes);
}

/** As 7-Zip lists it: a hard link of a tar is a file without a size of its own. */
interface Expected {
  readonly kind: EntryKind;
  /** Undefined of what has no content of its own. */
  readonly size: number | undefined;
  /** Of a hard link: what it must lead to. */
  readonly linkTo?: string;
}

/** 7-Zip shows a line feed as a low line. */
const listedName = (path: string): string =>
  Buffer.from(path.replaceAll('\n', '_')).toString('latin1');

function expectedOf(entry: UnpackedEntry, format: WrittenFormat): Expected {
  if (entry.kind === 'directory') return { kind: 'directory', size: undefined };
  if (entry.kind === 'symlink') return { kind: 'link', size: undefined };
  if (format === 'tar' && entry.linkTo !== undefined)
    return { kind: 'file', size: undefined, linkTo: entry.linkTo };
  return { kind: 'file', size: entry.size };
}

function createTreeCheck({ entries, format, encrypted }: MadeArchive): ListingCheck {
  const missing = new Map<string, Expected[]>();
  for (const entry of entries) {
    const name = listedName(entry.path);
    missing.set(name, [...(missing.get(name) ?? []), expectedOf(entry, format)]);
  }
  const implied = impliedFolders(entries);
  let first: string | undefined;
  const faultOf = (entry: ListedEntry, expected: Expected | undefined): string | undefined => {
    const { kind, size = entry.size, linkTo } = expected ?? { kind: 'missing' };
    const isLinked = linkTo === undefined || entry.hardLinkTo === listedName(linkTo);
    if (kind !== entry.kind || size !== entry.size || !isLinked) {
      return `${readable(entry.rawPath)} is there with ${entry.size} bytes and did not go in so`;
    }
    // An empty file has nothing to encrypt.
    if (!encrypted || entry.encrypted || entry.kind === 'directory' || entry.size === 0)
      return undefined;
    return `${readable(entry.rawPath)} is not encrypted`;
  };
  return {
    add(entry) {
      const [expected, ...others] = missing.get(entry.rawPath) ?? [];
      if (expected === undefined && implied.has(entry.rawPath)) return;
      first ??= faultOf(entry, expected);
      if (others.length > 0) missing.set(entry.rawPath, others);
      else missing.delete(entry.rawPath);
    },
    fault() {
      if (first !== undefined) return first;
      return missing.size > 0 ? `${missing.size} entries are not there` : undefined;
    },
  };
}

/** A program that packs a folder stores the directories of its files too. */
function impliedFolders(entries: readonly UnpackedEntry[]): Set<string> {
  const folders = new Set<string>();
  for (const { path } of entries) {
    for (const folder of foldersOf(path)) folders.add(listedName(folder));
  }
  return folders;
}
