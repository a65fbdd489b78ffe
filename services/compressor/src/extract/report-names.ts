import type { LossReport } from '../job/loss-report.js';
import { encodingDetail } from '../names/encoding-report.js';
import type { EncodingChoice } from '../names/name-reader.js';
import type { Placed } from './place-entries.js';

/** Reports a path that is not what the archive says, but for empty parts and dots. */
export function reportNames(
  { placed, path, rawPath }: Placed,
  { choice, report }: { choice: EncodingChoice | undefined; report: LossReport },
): void {
  if (rawPath !== undefined && choice) report.add('names', path, encodingDetail(choice));
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
