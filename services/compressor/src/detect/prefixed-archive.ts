import { open } from 'node:fs/promises';
import type { ContainerType } from '../engines/seven-zip/container.js';

/** An archive with something before it: a program that unpacks it, a script, a header of its own. */
export interface PrefixedArchive {
  readonly type: ContainerType;
  /** Bytes before the archive. */
  readonly offset: number;
}

/** The longest end of a zip: its record and a comment of 64 KiB. */
const longestEnd = 22 + 0xffff;
/** Self-extractors are shorter than this. Source: 7-Zip's search limit for RAR, 1 MiB, with room. */
const longestPrefix = 2 * 1024 * 1024;

/** Signatures that are long enough to be looked for. One character a byte. */
const marks = [
  { type: '7z', bytes: Buffer.from('7z\xbc\xaf\x27\x1c\x00', 'latin1') },
  { type: 'rar5', bytes: Buffer.from('Rar!\x1a\x07\x01\x00', 'latin1') },
  { type: 'rar', bytes: Buffer.from('Rar!\x1a\x07\x00', 'latin1') },
] as const;

/**
 * Finds an archive behind other bytes: a zip by the record at its end, which says where its directory is, a 7z or rar by
 * its signature. Undefined where there is none.
 */
export async function findPrefixed(location: string): Promise<PrefixedArchive | undefined> {
  const file = await open(location);
  try {
    const { size } = await file.stat();
    const read = async (length: number, position: number) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
      return buffer.subarray(0, bytesRead);
    };
    const tailBytes = Math.min(size, longestEnd);
    const zip = zipOffset(await read(tailBytes, size - tailBytes), size);
    if (zip !== undefined) return { type: 'zip', offset: zip };
    return findMark(await read(Math.min(size, longestPrefix), 0));
  } finally {
    await file.close();
  }
}

/** Source: PKWARE, APPNOTE.TXT 6.3.10, 4.3.16. A directory of 4 GiB and more stands in other records. */
function zipOffset(tail: Buffer, size: number): number | undefined {
  for (let at = tail.length - 22; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== 0x06054b50) continue;
    if (tail.readUInt16LE(at + 20) > tail.length - at - 22) continue;
    const end = size - tail.length + at;
    const start = tail.readUInt32LE(at + 12) + tail.readUInt32LE(at + 16);
    if (start > end && start < 0xffff_ffff) continue;
    return Math.max(end - start, 0);
  }
  return undefined;
}

function findMark(head: Buffer): PrefixedArchive | undefined {
  const found = marks
    .map(({ type, bytes }) => ({ type, offset: head.indexOf(bytes) }))
    .filter(({ offset }) => offset > 0)
    .sort((a, b) => a.offset - b.offset);
  return found[0];
}
