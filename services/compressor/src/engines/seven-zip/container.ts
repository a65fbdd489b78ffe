import type { WrittenFormat } from '@comprimemelo/contracts/formats';
import type { Level } from '@comprimemelo/contracts/states';

/** The formats by 7-Zip's own names, for `-t`: those that are written, and those that are only read. */
export type ContainerType =
  | ('zip' | '7z' | 'tar' | 'gzip' | 'bzip2' | 'xz')
  | ('zstd' | 'lzma' | 'rar' | 'rar5' | 'cab' | 'iso' | 'cpio' | 'ar' | 'rpm' | 'arj' | 'lzh');

export interface ContainerFormat {
  readonly type: ContainerType;
  /** True where a tar is wrapped in it: the compound tars. */
  readonly wrapsTar: boolean;
  /** The number for `-mx=`; absent where nothing is compressed. */
  readonly levels?: Readonly<Record<Level, number>>;
}

/**
 * Deflate: 1 to 4 are one and the same to 7-Zip. 3 packs 50 MB in 1.3 s to within 3 % of what `gzip -6`
 * gives; 5 takes 5.2 s for 5 % less.
 */
const deflate = { fastest: 1, fast: 2, normal: 3, best: 9 };
/** bzip2: 9 packs seven times and takes ten times as long as 5 for 3 % less. */
const bzip2 = { fastest: 1, fast: 3, normal: 5, best: 9 };
/** LZMA: 300 MB take 389 MB of memory at 5, 1.4 GB at 7 and 2.7 GB at 9, which no worker can promise. */
const lzma = { fastest: 1, fast: 3, normal: 5, best: 7 };

/** How 7-Zip makes each format that is written. */
export const containers: Readonly<Record<WrittenFormat, ContainerFormat>> = {
  zip: { type: 'zip', wrapsTar: false, levels: deflate },
  '7z': { type: '7z', wrapsTar: false, levels: lzma },
  tar: { type: 'tar', wrapsTar: false },
  'tar.gz': { type: 'gzip', wrapsTar: true, levels: deflate },
  'tar.bz2': { type: 'bzip2', wrapsTar: true, levels: bzip2 },
  'tar.xz': { type: 'xz', wrapsTar: true, levels: lzma },
  gz: { type: 'gzip', wrapsTar: false, levels: deflate },
  bz2: { type: 'bzip2', wrapsTar: false, levels: bzip2 },
  xz: { type: 'xz', wrapsTar: false, levels: lzma },
};
