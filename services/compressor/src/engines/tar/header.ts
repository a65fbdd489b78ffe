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

function textAt(block: Buffer, start: number, end: number): string {
  const nul = block.indexOf(0, start);
  return block.toString('latin1', start, nul < 0 || nul > end ? end : nul);
}

const zeros = Buffer.alloc(blockBytes);

/** True of a block of zeros, or of what is left of one at the end of a file. */
export const isZeroBlock = (block: Buffer): boolean =>
  zeros.subarray(0, block.length).equals(block);

/** True where the sum of the block is the one that it declares: of unsigned bytes, or of signed ones as old tars had it. */
export function hasValidSum(block: Buffer): boolean {
  if (block.length < blockBytes) return false;
  const declared = readNumber(block, 148, 156);
  let unsigned = 8 * 0x20;
  let high = 0;
  for (let at = 0; at < blockBytes; at += 1) {
    if (at === 148) at = 156;
    const byte = block[at] ?? 0;
    unsigned += byte;
    if (byte >= 0x80) high += 1;
  }
  const signed = unsigned - high * 0x100;
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
    mode: readNumber(block, 100, 108),
    size: readNumber(block, 124, 136),
    modified: readNumber(block, 136, 148),
    isGnu: magic === 'ustar  \0',
  };
}
