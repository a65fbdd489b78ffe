import { extractionLimits } from './extraction-limits.js';
import type { TreeFile } from './file-tree.js';
import { TaskFailure } from './task-failure.js';

/**
 * Decides by what lies on the disk: never more in all than one archive may hold, and no fewer files than were
 * listed. Throws a TaskFailure: `archive-too-large`, `archive-corrupt`.
 */
export function checkExtracted(files: readonly TreeFile[], expected = 0): void {
  if (files.length > extractionLimits.entries) {
    throw new TaskFailure('archive-too-large', {
      detail: `More than ${extractionLimits.entries} files come out.`,
    });
  }
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  if (bytes > extractionLimits.bytes) {
    throw new TaskFailure('archive-too-large', {
      detail: `More than ${extractionLimits.bytes} bytes come out.`,
    });
  }
  if (files.length >= expected) return;
  throw new TaskFailure('archive-corrupt', {
    detail: `${files.length} of ${expected} files could be extracted.`,
  });
}
