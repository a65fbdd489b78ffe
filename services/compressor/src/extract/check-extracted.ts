import { TaskFailure } from '../job/task-failure.js';
import { extractionLimits } from '../safety/extraction-limits.js';
import type { TreeFile } from './file-tree.js';

/** What is known about the files before extraction. */
interface Bounds {
  /** Maximum total size in bytes. */
  mostBytes?: number;
  /** Number of listed files. */
  expected?: number;
}

/**
 * Checks what was actually extracted: not more than the limit, which a short-lived 7-Zip can exceed between two checks,
 * and not fewer files than were listed. Throws a TaskFailure: `archive-too-large`, `archive-corrupt`.
 */
export function checkExtracted(
  files: readonly TreeFile[],
  { mostBytes = extractionLimits.bytes, expected = 0 }: Bounds = {},
): void {
  if (files.length > extractionLimits.entries) {
    throw new TaskFailure('archive-too-large', {
      detail: `The archive extracts to more than ${extractionLimits.entries} files, which is the limit.`,
    });
  }
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  if (bytes > mostBytes) {
    throw new TaskFailure('archive-too-large', {
      detail: `The archive extracts to more than ${mostBytes} bytes, which is the limit for its size.`,
    });
  }
  if (files.length >= expected) return;
  throw new TaskFailure('archive-corrupt', {
    detail: `Only ${files.length} of ${expected} files could be extracted.`,
  });
}
