import { open } from 'node:fs/promises';
import { type ArchiveNote, behindNote } from './archive-part.js';

/** The record that ends a zip, without its comment. */
const endBytes = 22;
const longestComment = 0xffff;
const endMark = 0x06054b50;

/** What stands behind the record that ends a zip. */
export interface BehindZip {
  /** The comment, as bytes; absent where there is none. */
  readonly comment?: Buffer;
  /** What to report of bytes that are not of the zip: nothing of zeros. */
  readonly notes: readonly ArchiveNote[];
}

/** Reads what stands behind the end of a zip. Source: PKWARE, APPNOTE.TXT 6.3.10, 4.3.16. */
export async function readBehindZip(location: string): Promise<BehindZip> {
  const file = await open(location);
  try {
    const { size } = await file.stat();
    const length = Math.min(size, endBytes + longestComment);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return behindEnd(buffer);
  } finally {
    await file.close();
  }
}

const isPadding = (bytes: Buffer): boolean => bytes.every((byte) => byte === 0);

/** By the first record from the end whose comment ends with the file; where there is none, ends before it. */
function behindEnd(tail: Buffer): BehindZip {
  let notes: readonly ArchiveNote[] | undefined;
  for (let at = tail.length - endBytes; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== endMark) continue;
    const end = at + endBytes + tail.readUInt16LE(at + endBytes - 2);
    if (end === tail.length) {
      const comment = tail.subarray(at + endBytes);
      return { notes: [], ...(comment.length > 0 ? { comment } : {}) };
    }
    if (end < tail.length) notes ??= isPadding(tail.subarray(end)) ? [] : [behindNote];
  }
  return { notes: notes ?? [] };
}
