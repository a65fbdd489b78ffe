import { crc32 } from 'node:zlib';
import type { ContentType } from '../engines/seven-zip/container.js';
import { zstdFrameStart } from './zstd-window.js';

interface Mark {
  readonly type: ContentType;
  /** One character per byte. */
  readonly bytes: string;
  readonly at?: number;
  /** A further check for signatures that are too short to be conclusive. */
  readonly fits?: (head: Buffer) => boolean;
}

/** Signatures at offset 0 come first, because an image can have anything in its first 32 KiB. */
const marks: readonly Mark[] = [
  { type: 'zip', bytes: 'PK\x03\x04' },
  { type: 'zip', bytes: 'PK\x05\x06' },
  { type: '7z', bytes: '7z\xbc\xaf\x27\x1c' },
  { type: 'gzip', bytes: '\x1f\x8b\x08' },
  { type: 'xz', bytes: '\xfd7zXZ\x00' },
  { type: 'bzip2', bytes: 'BZh', fits: isBzip2 },
  { type: 'zstd', bytes: '\x28\xb5\x2f\xfd' },
  {
    type: 'zstd',
    bytes: '\x2a\x4d\x18',
    at: 1,
    fits: (head) => zstdFrameStart(head) !== undefined,
  },
  { type: 'rar', bytes: 'Rar!\x1a\x07\x00' },
  { type: 'rar5', bytes: 'Rar!\x1a\x07\x01\x00' },
  { type: 'cab', bytes: 'MSCF\x00\x00\x00\x00' },
  { type: 'ar', bytes: '!<arch>\ndebian-binary' },
  { type: 'plain-ar', bytes: '!<arch>\n' },
  { type: 'Z', bytes: '\x1f\x9d' },
  { type: 'lz4', bytes: '\x04\x22\x4d\x18' },
  { type: 'lz4', bytes: '\x02\x21\x4c\x18' },
  { type: 'lzip', bytes: 'LZIP\x01' },
  { type: 'rpm', bytes: '\xed\xab\xee\xdb' },
  { type: 'arj', bytes: '\x60\xea', fits: isArj },
  { type: 'lzh', bytes: '-l', at: 2, fits: isLzh },
  { type: 'cpio', bytes: '070701' },
  { type: 'cpio', bytes: '070702' },
  { type: 'cpio', bytes: '070707' },
  { type: 'cpio', bytes: '\xc7\x71', fits: (head) => isOldCpio(head, 'LE') },
  { type: 'cpio', bytes: '\x71\xc7', fits: (head) => isOldCpio(head, 'BE') },
  { type: 'tar', bytes: '', fits: isTar },
  { type: 'iso', bytes: 'CD001', at: 32_769 },
];

export const hasMark = (head: Buffer, bytes: string, at = 0): boolean =>
  head.toString('latin1', at, at + bytes.length) === bytes;

/** The container type by the first 36 KiB of a file; undefined if none matches. */
export const markedContainer = (head: Buffer): ContentType | undefined =>
  marks.find(({ bytes, at, fits }) => hasMark(head, bytes, at) && (!fits || fits(head)))?.type;

/**
 * LZMA has no signature: the properties that every encoder writes by default, a dictionary of 2^n or 2^n + 2^(n-1) bytes,
 * and a size that is unknown or below 256 GiB. Source: lzma-file-format.txt of XZ Utils, which decides so too.
 */
export function isLzma(head: Buffer): boolean {
  if (head.length <= 13 || head[0] !== 0x5d) return false;
  const dictionary = head.readUInt32LE(1);
  const power = 2 ** (31 - Math.clz32(dictionary));
  if (dictionary < 4_096 || (dictionary !== power && dictionary !== power + power / 2))
    return false;
  const size = head.readBigUInt64LE(5);
  return head[13] === 0 && (size === 0xffff_ffff_ffff_ffffn || size < 1n << 38n);
}

/** What follows `BZh` and the level: a block, or the end of an empty stream. */
function isBzip2(head: Buffer): boolean {
  return hasMark(head, '1AY&SY', 4) || hasMark(head, '\x17rE8P\x90', 4);
}

/** Verifies the checksum of the basic header. Source: the technical note that comes with ARJ. */
function isArj(head: Buffer): boolean {
  if (head.length < 4) return false;
  const size = head.readUInt16LE(2);
  const end = 4 + size;
  if (size === 0 || size > 2_600 || head.length < end + 4) return false;
  return crc32(head.subarray(4, end)) === head.readUInt32LE(end);
}

/** Checks the method name between hyphens, and the header level. */
function isLzh(head: Buffer): boolean {
  return (
    /^-(?:lh[\dd]|lz[45s]|pm[012])-$/.test(head.toString('latin1', 2, 7)) && (head[20] ?? 4) < 4
  );
}

/** Checks that the name ends where its length says. Source: cpio(5). */
function isOldCpio(head: Buffer, order: 'LE' | 'BE'): boolean {
  if (head.length < 28) return false;
  const length = order === 'LE' ? head.readUInt16LE(20) : head.readUInt16BE(20);
  return length > 1 && head.indexOf(0, 26) === 26 + length - 1;
}

/**
 * Verifies the checksum of a tar header, computed with its own field as spaces. Older tars have no other signature.
 * Source: POSIX.1-1988, ustar.
 */
function isTar(head: Buffer): boolean {
  if (head.length < 512) return false;
  const stated = /^[ 0]*([0-7]+)[ \0]/.exec(head.toString('latin1', 148, 156))?.[1];
  if (stated === undefined) return false;
  const header = head.subarray(0, 512);
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
  return Number.parseInt(stated, 8) === sum;
}
