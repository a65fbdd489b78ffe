import type { Level } from '@comprimemelo/contracts/states';

type Levels = Readonly<Record<Level, number>>;

/** Levels of libdeflate, for zip and gz. */
export const libdeflateLevels: Levels = { fastest: 1, fast: 3, normal: 6, best: 12 };

/**
 * Levels of zlib: for contents of a zip that are small, or too large for libdeflate, and for zip and gz on machines without
 * it.
 */
export const zlibLevels: Levels = { fastest: 1, fast: 3, normal: 6, best: 9 };

/**
 * Levels of lbzip2: the size of its blocks in 100 kB. At `best` 7-Zip packs, which searches in several passes.
 */
export const lbzip2Levels: Readonly<Partial<Record<Level, number>>> = {
  fastest: 1,
  fast: 5,
  normal: 9,
};
