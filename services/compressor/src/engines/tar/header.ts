import { readNumber } from './numbers.js';

export const blockBytes = 512;

/** One header block of a tar, as it stands. Texts have one character a byte. */
export interface TarHeader {
  readonly typeflag: string;
  readonly path: string;
  readonly linkPath: string;
  readonly mode: number;
  /** Bytes that follow; NaN where the field is no number. */
  readonly size: number;
  /** Seconds since 1970. */
  readonly modified: number;
  readonly isGnu: boolean;
}

const textAt = (block: Buffer, start: number, end: number): string =>
  block.toString('latin1', start, end).replace(/\0[\s\S]*$/, '');

const numberAt = (block: Buffer, start: number, end: number): number =>
  readNumber(block.subarray(start, end));

export const isZeroBlock = (block: Buffer): boolean => block.every((byte) => byte === 0);

/** True where the sum of the block is the one that it declares: of unsigned bytes, or of signed ones as old tars had it. */
export function hasValidSum(block: Buffer): boolean {
  if (block.length < blockBytes) return false;
  const declared = numberAt(block, 148, 156);
  let unsigned = 8 * 0x20;
  let signed = unsigned;
  for (const [at, byte] of block.entries()) {
    if (at >= 148 && at < 156) continue;
    unsigned += byte;
    signed += byte < 0x80 ? byte : byte - 0x100;
  }
  return declared === unsigned || declared === signed;
}

/**
 * POSIX puts the start of a long path into `prefix`; GNU has times and a sparse map in its place, and star times
 * behind a shorter one.
 */
function prefixOf(block: Buffer, magic: string): string {
  if (!magic.startsWith('ustar\0')) return '';
  const isStar = textAt(block, 508, 512) === 'tar';
  return textAt(block, 345, isStar ? 476 : 500);
}

/** Reads a header block whose sum is right. */
export function readHeader(block: Buffer): TarHeader {
  const magic = block.toString('latin1', 257, 265);
  const prefix = prefixOf(block, magic);
  const name = textAt(block, 0, 100);
  return {
    typeflag: block.toString('latin1', 156, 157),
    path: prefix === '' ? name : `${prefix}/${name}`,
    linkPath: textAt(block, 157, 257),
    mode: numberAt(block, 100, 108),
    size: numberAt(block, 124, 136),
    modified: numberAt(block, 136, 148),
    isGnu: magic === 'ustar  \0',
  };
}
