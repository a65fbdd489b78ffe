import { once } from 'node:events';
import type { WriteStream } from 'node:fs';
import type { ArchiveEntry, EntryDanger } from '@comprimemelo/contracts/archive';
import type { RequestedEncoding } from '@comprimemelo/contracts/name-encodings';
import type { ExtractionLimits } from '../job/extraction-limits.js';
import type { OnProgress } from '../job/progress.js';
import type { OpenArchive } from '../open/archive-part.js';
import type { Verdict } from '../safety/verdict.js';
import { rfc3339Of } from './entry-time.js';
import { type Placed, type PlacedArchive, placeEntries } from './place-entries.js';

/** Number of entries that counts as half of the progress, because the total is unknown. */
const halfway = 100_000;

interface Listing {
  verdict: Verdict;
  limits: ExtractionLimits;
  nameEncoding: RequestedEncoding | undefined;
  progress: OnProgress;
}

/** Entries that are written together. */
const batch = 256;

/** Lists an archive into a stream, one ArchiveEntry a line, and has a verdict judge each. */
export async function writeEntries(
  output: WriteStream,
  archive: OpenArchive,
  { verdict, limits, nameEncoding, progress }: Listing,
): Promise<PlacedArchive> {
  let count = 0;
  let lines = '';
  const flush = async () => {
    progress(count / (count + halfway));
    if (lines.length > 0 && !output.write(lines)) await once(output, 'drain');
    lines = '';
  };
  const placed = await placeEntries(archive, { encoding: nameEncoding, mostKept: limits.entries });
  await placed.each((entry) => {
    const danger = verdict.add({ ...entry.listed, placed: entry.placed });
    lines += `${JSON.stringify(shown(entry, danger))}\n`;
    count += 1;
    return count % batch === 0 ? flush() : undefined;
  });
  await flush();
  return placed;
}

const shown = (entry: Placed, danger: EntryDanger | undefined): ArchiveEntry => ({
  path: danger === 'traversal' ? entry.placed.shown : entry.path,
  ...(entry.rawPath ? { rawPath: entry.rawPath } : {}),
  kind: entry.listed.kind,
  size: entry.listed.size ?? null,
  packedSize: entry.listed.packedSize ?? null,
  modified: rfc3339Of(entry.listed.modified) ?? null,
  encrypted: entry.listed.encrypted,
  danger: danger ?? null,
});
