import { ArchiveFormatError } from '../engines/entry.js';
import { LineTooLongError } from '../engines/process/output-lines.js';
import { SevenZipError } from '../engines/process/seven-zip-error.js';
import type { EntryContent } from '../engines/seven-zip/read-contents.js';
import { OutputLimitError } from '../engines/seven-zip/unwrap.js';
import { TaskFailure } from '../job/task-failure.js';
import { readable } from '../names/readable.js';
import { reasonOf } from './read-reasons.js';

const noMemory = /Can't allocate required memory|Cannot allocate memory|E_OUTOFMEMORY/i;

/** What 7-Zip says of a volume that it looked for and did not find: its name. */
export const missingVolume = /(?:^|\n)Missing volume : (.+)(?:\n|$)/;

/** Matched at the start of a message only, because the entry name after it could contain the same text. */
const wrongPassword = /(?:^|\n)(?:ERROR: )?(?:[\w ]+ in encrypted file\. )?Wrong password/;
/** For example a 7z with encrypted names. */
const unopened =
  /(?:^|\n)(?:ERROR: .* : )?Cannot open encrypted archive\. Wrong password\?(?:\n|$)/;

/**
 * Translates an error from reading a user's archive, with or without a password, to a TaskFailure. Errors that the
 * archive did not cause, such as a full disk or a kill from outside, are returned unchanged.
 */
export function readFailure(error: unknown, password?: string): unknown {
  if (error instanceof OutputLimitError) {
    return new TaskFailure('archive-too-large', {
      detail: 'The archive extracts to more bytes than the limit for its size.',
      cause: error,
    });
  }
  if (error instanceof ArchiveFormatError) {
    const entry = error.rawPath === undefined ? {} : { entry: readable(error.rawPath) };
    return new TaskFailure('archive-corrupt', { detail: error.message, cause: error, ...entry });
  }
  if (error instanceof LineTooLongError)
    return new TaskFailure('archive-corrupt', { cause: error });
  if (!(error instanceof SevenZipError) || error.transient) return error;
  if (error.late) {
    const detail = 'Reading the archive took longer than the time limit for its size.';
    return new TaskFailure('archive-too-demanding', { detail, cause: error });
  }
  const [, missing] = error.said(missingVolume) ?? [];
  if (missing !== undefined) {
    const detail = `${missing} is missing: send it with the other parts, in one task.`;
    return new TaskFailure('volumes-missing', { detail, cause: error });
  }
  const slug = slugOf(error, password);
  const reason =
    slug === 'archive-corrupt' || slug === 'unsupported-archive' ? reasonOf(error) : {};
  return new TaskFailure(slug, { ...reason, cause: error });
}

/** Throws the translated error. See readFailure. */
export const orReadFailure =
  (password: string | undefined) =>
  (error: unknown): never => {
    throw readFailure(error, password);
  };

function slugOf(error: SevenZipError, password: string | undefined) {
  // The password prompt of 7-Zip got no answer from an empty standard input.
  if (error.says(/(?:^|\n)Break signaled/)) return 'password-required';
  if (error.says(wrongPassword) || error.says(unopened)) {
    return password === undefined ? 'password-required' : 'password-wrong';
  }
  if (error.says(noMemory)) return 'archive-too-demanding';
  return error.says(/Unsupported Method/) ? 'unsupported-archive' : 'archive-corrupt';
}

/** A content whose errors are translated. See readFailure. */
export function translated({ index, bytes }: EntryContent, password?: string): EntryContent {
  return {
    index,
    async *bytes() {
      try {
        yield* bytes();
      } catch (error) {
        throw readFailure(error, password);
      }
    },
  };
}
