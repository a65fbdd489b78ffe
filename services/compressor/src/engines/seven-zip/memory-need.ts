import type { WrittenFormat } from '@comprimemelo/contracts/formats';
import type { Level } from '@comprimemelo/contracts/states';
import { containers } from './container.js';

const mebibyte = 1024 * 1024;

/** Memory of 7-Zip besides dictionaries: program, buffers, and the stacks and heaps of its threads. */
const base = 32 * mebibyte;
const ofThread = 24 * mebibyte;
/** Per byte of dictionary: the window and the match finder tables; for several blocks also their contents. */
const ofDictionary = { oneBlock: 12.5, eachBlock: 20 };

/**
 * Buffer for packing several zip entries in parallel. 7-Zip allocates it at once and halves the request until it
 * succeeds, which can leave too little memory to start its threads. Source: ZipUpdate.cpp.
 */
const ofZipThread = 72 * mebibyte;

/** Bytes of address space that 7-Zip needs to list or extract content with dictionaries of this size. */
export const readingMemory = (dictionaryBytes: number, threads: number): number =>
  base + threads * ofThread + dictionaryBytes;

/**
 * Bytes that 7-Zip needs per entry of an open archive: a 7z with 100,000 entries and paths of 200 letters took 80 MB.
 * `rawPath` has one character per byte.
 */
export const entryMemory = ({ rawPath }: { rawPath: string }): number => 512 + 4 * rawPath.length;

export interface PackedSize {
  format: WrittenFormat;
  level: Level;
  threads: number;
  /** Total size of the input in bytes. */
  bytes: number;
}

/** Bytes of address space that 7-Zip needs to pack. */
export function packingMemory({ format, level, threads, bytes }: PackedSize): number {
  const zipped = format === 'zip' ? threads * ofZipThread : 0;
  const memory = base + threads * ofThread + zipped;
  const dictionary = lzmaDictionary({ format, level, bytes });
  if (dictionary === undefined) return memory;
  // Below level 5 each thread has its own block; from 5 on, two threads share one. Source: Lzma2Enc.c.
  const shared = (containers[format].levels?.[level] ?? 0) < 5 ? 1 : 2;
  const blocks = Math.max(1, Math.floor(threads / shared));
  const { oneBlock, eachBlock } = ofDictionary;
  return memory + dictionary * (blocks === 1 ? oneBlock : blocks * eachBlock);
}

/**
 * The dictionary size of a level in an LZMA format, capped at what the input can fill; undefined for other formats.
 * Source: LzmaEnc.c.
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
