import type { Level } from '@comprimemelo/contracts/states';

type Levels = Readonly<Record<Level, number>>;

/** Levels of libdeflate, for zip and gz. */
export const libdeflateLevels: Levels = { fastest: 1, fast: 3, normal: 6, best: 12 };

/** Levels of zlib for zip: contents that are small, or too large for libdeflate, and machines without it. */
export const zipLevels: Levels = { fastest: 1, fast: 3, normal: 6, best: 9 };

/**
 * Levels of zlib for gz on machines without libdeflate, where 7-Zip makes the same bytes as at `normal`. The others are
 * packed by 7-Zip.
 */
export const gzipLevels: Readonly<Partial<Record<Level, number>>> = { fastest: 1, fast: 3 };

/**
 * Levels of lbzip2: the size of its blocks in 100 kB. At `best` 7-Zip packs, which searches in several passes.
 */
export const lbzip2Levels: Readonly<Partial<Record<Level, number>>> = {
  fastest: 1,
  fast: 5,
  normal: 9,
};
