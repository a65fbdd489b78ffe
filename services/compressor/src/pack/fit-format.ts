import { formats, type WrittenFormat } from '@comprimemelo/contracts/formats';
import { holdsTime } from '../engines/streams/gzip.js';
import type { UnpackedEntry, UnpackedFile } from '../extract/unpacked-entry.js';
import type { LossReport } from '../job/loss-report.js';

/** What this service writes of links. */
const holdsLinks = (format: WrittenFormat): boolean =>
  format === 'zip' || format === 'tar' || format.startsWith('tar.');

const dropped = 0o7000;
const execute = 0o111;

/**
 * Takes out of the entries what a format cannot hold, and reports it. zip, 7z and tar hold times, permissions and empty
 * directories; zip and tar symbolic links, tar hard links. gz, bz2 and xz hold the content of one file, gz also its time
 * and name. Set-user-id, set-group-id and sticky bits are dropped for all.
 */
export function fitFormat(
  entries: readonly UnpackedEntry[],
  format: WrittenFormat,
  report: LossReport,
): UnpackedEntry[] {
  for (const { path, mode = 0, extended } of entries) {
    if (extended) report.add('attributes', path);
    if ((mode & dropped) !== 0)
      report.add('modes', path, 'Set-user-id, set-group-id and sticky bits were taken off.');
  }
  if (formats[format].singleFile) return fitSingle(entries, format, report);
  if (holdsLinks(format)) return [...entries];
  return entries.filter((entry) => {
    if (entry.kind !== 'symlink') return true;
    report.add(
      'links',
      entry.path,
      `Symbolic links were omitted: ${format} is written without them.`,
    );
    return false;
  });
}

function fitSingle(
  entries: readonly UnpackedEntry[],
  format: WrittenFormat,
  report: LossReport,
): UnpackedFile[] {
  for (const entry of entries) {
    const { kind, path, mode = 0, modified } = entry;
    if (kind === 'directory') report.add('directories', path);
    if (kind === 'symlink') report.add('links', path);
    if (kind !== 'file') continue;
    if ((mode & execute) !== 0) report.add('modes', path);
    if (format !== 'gz') report.add('names', path, 'The format does not store names.');
    if (modified === undefined) continue;
    if (format !== 'gz') report.add('times', path);
    else if (!holdsTime(modified.seconds))
      report.add('times', path, 'The format stores times of 1970 to 2106 only.');
  }
  return entries.filter((entry) => entry.kind === 'file');
}
