import { formats, type WrittenFormat } from '@comprimemelo/contracts/formats';
import type { Tree } from '../extract/file-tree.js';
import type { LossReport } from '../job/loss-report.js';

/** What bytes that are no UTF-8 are shown as. */
const replaced = '\ufffd';

/**
 * Reports what a format does not keep of the files and directories that go into it. zip, 7z and tar keep times,
 * permissions and empty directories; but 7z has its names in UTF-16. gz, bz2 and xz hold the bytes of one file,
 * and gz its time and its name.
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
