import type { ReportLine } from '@comprimemelo/contracts/archive';
import type { WrittenFormat } from '@comprimemelo/contracts/formats';
import { agree, agreeOnLosses } from './agree.js';
import type { ArchiveReader } from './archive-reader.js';
import type { Held } from './held.js';
import { holdings } from './holdings.js';
import { type Projected, project } from './project.js';
import { readSevenZip } from './read-seven-zip.js';

/** Entries on their way from format to format. */
export interface Cargo {
  readonly entries: readonly Held[];
  /** False once a format has sorted them. */
  readonly ordered: boolean;
  /** Nanoseconds that times are exact to: what is below is whatever a format made of it. */
  readonly step: number;
}

/** An archive that was made of a cargo. */
export interface MadeArchive {
  readonly format: WrittenFormat;
  readonly location: string;
  readonly report: readonly ReportLine[];
  /** How it came about, for messages. */
  readonly where: string;
}

export interface Readers {
  readonly python: ArchiveReader;
  /** The program of 7-Zip. */
  readonly sevenZip: string;
}

/** Says what should be lost, where that is not what the format says. */
export type Correct = (projected: Projected) => Projected['losses'];

/**
 * Holds that an archive has what its format can hold of a cargo, and that the report says exactly what was lost. Gives
 * what the archive has.
 */
export async function checkArchive(
  { entries, ordered, step }: Cargo,
  { format, location, report, where }: MadeArchive,
  { readers, correct = ({ losses }) => losses }: { readers: Readers; correct?: Correct },
): Promise<Cargo> {
  const holding = holdings[format];
  const projected = project(entries, format);
  const found =
    format === '7z'
      ? await readSevenZip(readers.sevenZip, location, `${location}.read`)
      : await readers.python.read(location);
  const expected = holding.tree
    ? projected.entries
    : projected.entries.map((entry) => ({ ...entry, path: '' }));
  const left = {
    entries: projected.entries,
    ordered: ordered && holding.ordered,
    step: Math.max(step, holding.times?.step ?? 1),
  };
  agree(found, expected, { ...left, where });
  agreeOnLosses(report, correct(projected), where);
  return left;
}
