import { LineTooLongError } from '../engines/process/output-lines.js';
import { SevenZipError } from '../engines/process/seven-zip-error.js';
import { OutputLimitError } from '../engines/seven-zip/unpack.js';
import { TaskFailure } from '../job/task-failure.js';

const noMemory = /Can't allocate required memory|Cannot allocate memory|E_OUTOFMEMORY/i;

/** At the start of a message: behind it stands the name of an entry, which could say the same. */
const wrongPassword = /(?:^|\n)(?:ERROR: )?(?:[\w ]+ in encrypted file\. )?Wrong password/;
/** As of a 7z whose names are encrypted. */
const unopened =
  /(?:^|\n)(?:ERROR: .* : )?Cannot open encrypted archive\. Wrong password\?(?:\n|$)/;

/**
 * What an error means when 7-Zip read an archive that a user gave, with or without a password. Errors that are
 * not the archive's, as a full disk or a kill from outside, stay as they are.
 */
export function readFailure(error: unknown, password?: string): unknown {
  if (error instanceof OutputLimitError) {
    return new TaskFailure('archive-too-large', {
      detail: 'More comes out of the archive than it may hold.',
      cause: error,
    });
  }
  if (error instanceof LineTooLongError)
    return new TaskFailure('archive-corrupt', { cause: error });
  if (!(error instanceof SevenZipError) || error.transient) return error;
  if (error.late) {
    const detail = 'Reading it takes longer than is given to an archive of its size.';
    return new TaskFailure('archive-too-demanding', { detail, cause: error });
  }
  return new TaskFailure(slugOf(error, password), { cause: error });
}

/** Throws what readFailure makes of an error. */
export const orReadFailure =
  (password: string | undefined) =>
  (error: unknown): never => {
    throw readFailure(error, password);
  };

function slugOf(error: SevenZipError, password: string | undefined) {
  // Its question finds no answer on an empty standard input.
  if (error.says(/(?:^|\n)Break signaled/)) return 'password-required';
  if (error.says(wrongPassword) || error.says(unopened)) {
    return password === undefined ? 'password-required' : 'password-wrong';
  }
  if (error.says(noMemory)) return 'archive-too-demanding';
  return error.says(/Unsupported Method/) ? 'unsupported-archive' : 'archive-corrupt';
}
