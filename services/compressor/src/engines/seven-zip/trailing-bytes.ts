import { SevenZipError } from '../process/seven-zip-error.js';

/**
 * What 7-Zip says where all was read and more bytes follow; its exit code is that of an error. Progress is redrawn by
 * backspaces before it.
 */
const saysMore = /(?:^|[\n\b])ERROR: There are some data after the end of the payload data/;
const saysOther = /(?:^|[\n\b])ERROR: (?!There are some data after the end of the payload data)/;

/** True of an error that says no more than that bytes follow what was read, all of which came out. */
export const isTrailingBytes = (error: unknown): boolean =>
  error instanceof SevenZipError && error.says(saysMore) && !error.says(saysOther);
