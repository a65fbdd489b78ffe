import { TaskFailure } from '../job/task-failure.js';
import { extractionLimits } from '../safety/extraction-limits.js';
import type { TreeFile } from './file-tree.js';

/** What is known of the files before they are there. */
interface Bounds {
  /** Bytes of all together. */
  mostBytes?: number;
  /** How many were listed. */
  expected?: number;
}

/**
 * Decides by what lies on the disk: no more than may come out, which a 7-Zip that has ended soon may have passed
 * between two looks at it, and no fewer files than were listed. Throws a TaskFailure: `archive-too-large`,
 * `archive-corrupt`.
 */
export function checkExtracted(
  files: readonly TreeFile[],
  { mostBytes = extractionLimits.bytes, expected = 0 }: Bounds = {},
): void {
  if (files.length > extractionLimits.entries) {
    throw new TaskFailure('archive-too-large', {
      detail: `More than ${extractionLimits.entries} files come out.`,
    });
  }
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  if (bytes > mostBytes) {
    throw new TaskFailure('archive-too-large', {
      detail: `More than ${mostBytes} bytes come out.`,
    });
  }
  if (files.length >= expected) return;
  throw new TaskFailure('archive-corrupt', {
    detail: `${files.length} of ${expected} files could be extracted.`,
  });
}
