import { LineTooLongError } from './seven-zip/output-lines.js';
import { SevenZipError } from './seven-zip/seven-zip-error.js';
import { OutputLimitError } from './seven-zip/unpack.js';
import { TaskFailure } from './task-failure.js';

const noMemory = /Can't allocate required memory|Cannot allocate memory|E_OUTOFMEMORY/i;

/**
 * What an error means when 7-Zip read an archive that a user gave. Errors that are not the archive's, as
 * a full disk or a kill from outside, stay as they are.
 */
export function readFailure(error: unknown): unknown {
  if (error instanceof OutputLimitError) {
    return new TaskFailure('archive-too-large', {
      detail: 'More comes out of the archive than it may hold.',
      cause: error,
    });
  }
  if (error instanceof LineTooLongError)
    return new TaskFailure('archive-corrupt', { cause: error });
  if (!(error instanceof SevenZipError) || error.transient) return error;
  return new TaskFailure(slugOf(error), { cause: error });
}

function slugOf(error: SevenZipError) {
  // Its question finds no answer on an empty standard input.
  if (error.says(/Break signaled|Wrong password/)) return 'password-required';
  if (error.says(noMemory)) return 'archive-too-demanding';
  return error.says(/Unsupported Method/) ? 'unsupported-archive' : 'archive-corrupt';
}
