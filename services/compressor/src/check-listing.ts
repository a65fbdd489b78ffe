import { dangerDetails, dangerOf } from './entry-danger.js';
import { allowedBytes, extractionLimits } from './extraction-limits.js';
import type { TreeFile } from './file-tree.js';
import type { ListedEntry } from './seven-zip/listing.js';
import { TaskFailure } from './task-failure.js';

/** Throws a TaskFailure `archive-too-large` where an archive has more entries than are taken. */
export function checkCount(count: number): void {
  if (count <= extractionLimits.entries) return;
  throw new TaskFailure('archive-too-large', {
    detail: `The archive has more than ${extractionLimits.entries} entries.`,
  });
}

/**
 * Throws a TaskFailure by what an archive declares of itself: `archive-too-demanding` where a dictionary leaves
 * 7-Zip no room for itself, `archive-too-large` by the sum of the sizes.
 */
export function checkDeclared(entries: readonly ListedEntry[], archiveBytes: number): void {
  if (entries.some((entry) => entry.dictionaryBytes >= extractionLimits.memoryBytes)) {
    throw new TaskFailure('archive-too-demanding');
  }
  const declared = entries.reduce((sum, { size }) => sum + (size ?? 0), 0);
  const allowed = allowedBytes(archiveBytes);
  if (declared > allowed) {
    throw new TaskFailure('archive-too-large', {
      detail: `The archive declares ${declared} bytes; ${allowed} are allowed for its size.`,
    });
  }
}

/**
 * Decides by an archive's listing whether it may be extracted. Throws a TaskFailure: `unsafe-entry`,
 * `password-required`, or as checkDeclared does.
 */
export function checkListing(entries: readonly ListedEntry[], archiveBytes: number): void {
  for (const entry of entries) {
    const danger = dangerOf(entry);
    if (!danger) continue;
    throw new TaskFailure('unsafe-entry', { entry: entry.path, detail: dangerDetails[danger] });
  }
  checkDeclared(entries, archiveBytes);
  if (entries.some(({ encrypted }) => encrypted)) throw new TaskFailure('password-required');
}

/** The path that 7-Zip gives an entry's file: without empty parts and dots. */
const extractedPath = (path: string): string =>
  path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');

/**
 * Decides by what lies on the disk: never more in all than one archive may hold, and a file for each path
 * that was listed. Throws a TaskFailure: `archive-too-large`, `archive-corrupt`.
 */
export function checkExtracted(
  files: readonly TreeFile[],
  listed: readonly ListedEntry[] = [],
): void {
  checkCount(files.length);
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  if (bytes > extractionLimits.bytes) {
    throw new TaskFailure('archive-too-large', {
      detail: `More than ${extractionLimits.bytes} bytes come out.`,
    });
  }
  const paths = listed.filter(({ kind }) => kind === 'file').map(({ path }) => extractedPath(path));
  const expected = new Set(paths.filter((path) => path !== '')).size;
  if (files.length >= expected) return;
  throw new TaskFailure('archive-corrupt', {
    detail: `${files.length} of ${expected} files could be extracted.`,
  });
}
