import type { Level } from '@comprimemelo/contracts/states';

/** Levels of zlib for the entries of a zip. */
export const zipLevels: Readonly<Record<Level, number>> = {
  fastest: 1,
  fast: 3,
  normal: 6,
  best: 9,
};

/** Levels of zlib for gz, where 7-Zip makes the same bytes as at `normal`. The others are packed by 7-Zip. */
export const gzipLevels: Readonly<Partial<Record<Level, number>>> = { fastest: 1, fast: 3 };
