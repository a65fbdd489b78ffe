import type { LossReport } from '../job/loss-report.js';
import type { Placed } from './place-entries.js';

/** Reports a path that is not what the archive says, but for empty parts and dots. */
export function reportNames({ placed, path }: Placed, report: LossReport): void {
  if (placed.absolute) {
    report.add(
      'names',
      path,
      'Absolute paths were made relative: what stood before was taken off.',
    );
  }
  if (path !== placed.path) {
    report.add('names', path, 'Two entries had one path: the later was given a number.');
  }
}
