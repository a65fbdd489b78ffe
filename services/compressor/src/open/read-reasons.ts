import type { SevenZipError } from '../engines/process/seven-zip-error.js';
import { readable } from '../names/readable.js';

/** What a reader says of a damaged archive, and the same in words for its owner. 7-Zip names the entry behind a colon. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [
    /(?:^|[\n\b])ERROR: CRC Failed : (.+)/,
    'The content of an entry is not what its checksum says.',
  ],
  [
    /(?:^|[\n\b])ERROR: Unsupported Method : (.+)/,
    'An entry is packed by a method that is not supported.',
  ],
  [/(?:^|[\n\b])ERROR: Unexpected end of data : (.+)/, 'The archive ends before the entry does.'],
  [
    /(?:^|[\n\b])ERROR: Unavailable data : (.+)/,
    'The data of an entry is missing from the archive.',
  ],
  [/(?:^|[\n\b])ERROR: Data Error(?: : (.+))?/, 'The packed data of an entry is damaged.'],
  [
    /(?:^|\n)(?:ERROR: )?Unexpected end of archive/,
    'The archive ends too early: its last part is missing.',
  ],
  [/(?:^|\n)(?:ERROR: )?Unavailable start of archive/, 'The start of the archive is missing.'],
  [
    /(?:^|\n)(?:ERROR: )?(?:Unconfirmed start of archive|Headers Error)/,
    'A header of the archive is damaged.',
  ],
  [/: (?:Truncated|Premature end|Unexpected end)[^:\n]*(?:\n|$)/i, 'The archive ends too early.'],
  [
    /: [^:\n]*(?:bad CRC|checksum|CRC error)[^:\n]*(?:\n|$)/i,
    'The content of an entry is not what its checksum says.',
  ],
  [/Cannot open the file as/, 'The file begins like an archive, but its headers cannot be read.'],
];

/** Why a reader failed, and for which entry, as far as it says so. */
export function reasonOf(error: SevenZipError): { detail?: string; entry?: string } {
  for (const [pattern, detail] of reasons) {
    const found = error.said(pattern);
    if (found === null) continue;
    const [, name] = found;
    return name === undefined ? { detail } : { detail, entry: readable(asBytes(name)) };
  }
  return {};
}

/** A name as it was printed, one character for each byte. */
const asBytes = (name: string): string =>
  Buffer.from(name.trim().replaceAll('\ufffd', '?')).toString('latin1');
