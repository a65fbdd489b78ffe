import type { WrittenFormat } from '@comprimemelo/contracts/formats';
import type { Level } from '@comprimemelo/contracts/states';
import { containers } from './container.js';

const mebibyte = 1024 * 1024;

/** What 7-Zip takes beside its dictionaries: its program, its buffers, the stacks and heaps of its threads. */
const base = 32 * mebibyte;
const ofThread = 24 * mebibyte;
/** For each byte of dictionary: the window, the match finder's tables; of several blocks also their contents. */
const ofDictionary = { oneBlock: 12.5, eachBlock: 20 };

/**
 * What several entries of a zip are packed into at a time. 7-Zip asks for it at once, and for half as often as it
 * does not get it: where it stops there can be too little left to start its threads. Source: ZipUpdate.cpp.
 */
const ofZipThread = 72 * mebibyte;

/** Bytes of address space that 7-Zip takes to list or unpack what has dictionaries of so many bytes. */
export const readingMemory = (dictionaryBytes: number, threads: number): number =>
  base + threads * ofThread + dictionaryBytes;

/**
 * What 7-Zip takes to hold an entry of an archive that it has opened: a 7z of 100,000 with paths of 200 letters took
 * 80 MB. `rawPath` has one character a byte.
 */
export const entryMemory = ({ rawPath }: { rawPath: string }): number => 512 + 4 * rawPath.length;

export interface PackedSize {
  format: WrittenFormat;
  level: Level;
  threads: number;
  /** Of all that goes in. */
  bytes: number;
}

/** Bytes of address space that 7-Zip takes to pack. */
export function packingMemory({ format, level, threads, bytes }: PackedSize): number {
  const zipped = format === 'zip' ? threads * ofZipThread : 0;
  const memory = base + threads * ofThread + zipped;
  const dictionary = lzmaDictionary({ format, level, bytes });
  if (dictionary === undefined) return memory;
  // Below 5 each thread has a block of its own, else two share one. Source: Lzma2Enc.c.
  const shared = (containers[format].levels?.[level] ?? 0) < 5 ? 1 : 2;
  const blocks = Math.max(1, Math.floor(threads / shared));
  const { oneBlock, eachBlock } = ofDictionary;
  return memory + dictionary * (blocks === 1 ? oneBlock : blocks * eachBlock);
}

/**
 * The dictionary of an LZMA format's level in bytes, no larger than what so many bytes can fill; undefined for
 * other formats. Source: LzmaEnc.c.
 */
export function lzmaDictionary({
  format,
  level,
  bytes,
}: Omit<PackedSize, 'threads'>): number | undefined {
  const { type, levels } = containers[format];
  const number = levels?.[level];
  if (number === undefined || (type !== '7z' && type !== 'xz')) return undefined;
  const ofLevel = 2 ** (number <= 4 ? number * 2 + 16 : number + 20);
  return Math.min(ofLevel, 2 ** Math.ceil(Math.log2(bytes + mebibyte)));
}
