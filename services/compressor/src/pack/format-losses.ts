import { formats, type WrittenFormat } from '@comprimemelo/contracts/formats';
import type { Tree } from '../extract/file-tree.js';
import type { LossReport } from '../job/loss-report.js';

/** Replaces invalid UTF-8. */
const replaced = '\ufffd';

/**
 * Reports what a format cannot store of its input files and directories. zip, 7z and tar store times, permissions and
 * empty directories, but 7z stores names as UTF-16. gz, bz2 and xz store the content of one file; gz also its time
 * and name.
 */
export function reportLosses(
  { files, directories }: Tree,
  format: WrittenFormat,
  report: LossReport,
): void {
  if (format === '7z') {
    for (const { path } of [...files, ...directories.map((one) => ({ path: one }))]) {
      if (path.includes(replaced)) report.add('names', path);
    }
  }
  if (!formats[format].singleFile) return;
  for (const path of directories) report.add('directories', path);
  for (const { path, executable } of files) {
    if (executable) report.add('modes', path);
    if (format === 'gz') continue;
    report.add('names', path);
    report.add('times', path);
  }
}
