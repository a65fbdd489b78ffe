import { ArchiveFormatError } from '../entry.js';

/** The records of an extended header in their order, one character a byte; a keyword can come several times. */
export type PaxRecords = readonly (readonly [keyword: string, value: string])[];

/**
 * Reads `length keyword=value\n` records. A value is bytes and may hold anything, a line feed too. Throws an
 * ArchiveFormatError where a length does not fit. Source: POSIX.1-2017, pax, "pax Extended Header".
 */
export function readPaxRecords(body: Buffer): PaxRecords {
  const text = body.toString('latin1');
  const records: [string, string][] = [];
  let at = 0;
  while (at < text.length && text.charAt(at) !== '\0') {
    const digits = /^[0-9]{1,15} /.exec(text.slice(at, at + 16))?.[0] ?? '';
    const end = at + Number(digits);
    const equals = text.indexOf('=', at);
    if (
      digits === '' ||
      end > text.length ||
      text.charAt(end - 1) !== '\n' ||
      equals >= end ||
      equals < 0
    ) {
      throw new ArchiveFormatError('An extended header of the tar is damaged.');
    }
    records.push([text.slice(at + digits.length, equals), text.slice(equals + 1, end - 1)]);
    at = end;
  }
  return records;
}

/** The last value of a keyword, which is the one that counts. */
export const lastOf = (records: PaxRecords, keyword: string): string | undefined =>
  records.findLast(([name]) => name === keyword)?.[1];

const extended = /^(?:SCHILY\.(?:xattr|acl)|LIBARCHIVE\.xattr|RHT\.security)\b/;

/** True of a header that carries extended attributes or access control lists. */
export const hasExtended = (records: PaxRecords): boolean =>
  records.some(([keyword]) => extended.test(keyword));
