import type { WrittenFormat } from '@comprimemelo/contracts/formats';
import type { Level } from '@comprimemelo/contracts/states';

/** The formats by their 7-Zip names, for `-t`: those that can be written and those that can only be read. */
export type ContainerType =
  | ('zip' | '7z' | 'tar' | 'gzip' | 'bzip2' | 'xz')
  | (
      | 'zstd'
      | 'lzma'
      | 'rar'
      | 'rar5'
      | 'cab'
      | 'iso'
      | 'cpio'
      | 'ar'
      | 'rpm'
      | 'arj'
      | 'lzh'
      | 'udf'
    )
  | 'Z';

/** The formats that libarchive reads, and 7-Zip does not or not as well. */
export type LibarchiveType = 'lz4' | 'lzip' | 'plain-ar';

/** What a file may be. */
export type ContentType = ContainerType | LibarchiveType;

export interface ContainerFormat {
  readonly type: ContainerType;
  /** True for compound tars: the format wraps a tar. */
  readonly wrapsTar: boolean;
  /** The value of `-mx=`; absent if nothing is compressed. */
  readonly levels?: Readonly<Record<Level, number>>;
  /** The value of `-mfb=`: the length of a match that ends the search for a longer one; absent where the level says it. */
  readonly matchBytes?: Readonly<Record<Level, number>>;
}

/**
 * Deflate: 7-Zip treats 1 to 4 the same. 3 packs 50 MB in 1.3 s, within 3 % of the size that `gzip -6` gives; 5
 * takes 5.2 s for 5 % less.
 */
const deflate = { fastest: 1, fast: 2, normal: 3, best: 9 };
/** What tells the levels of deflate from 1 to 4 apart, of 8 to 258: of an encrypted zip, which 7-Zip writes alone. */
const deflateMatches = { fastest: 8, fast: 32, normal: 258, best: 128 };
/** bzip2: 9 makes seven passes and takes ten times as long as 5 for 3 % less. */
const bzip2 = { fastest: 1, fast: 3, normal: 5, best: 9 };
/** LZMA: 300 MB need 389 MB of memory at 5, 1.4 GB at 7 and 2.7 GB at 9, which no worker can guarantee. */
const lzma = { fastest: 1, fast: 3, normal: 5, best: 7 };

/** zstd: 19 is the highest that takes no more memory than others to read. Written by zlib of Node, not by 7-Zip. */
const zstd = { fastest: 1, fast: 3, normal: 9, best: 19 };

/** How each format is written. */
export const containers: Readonly<Record<WrittenFormat, ContainerFormat>> = {
  zip: { type: 'zip', wrapsTar: false, levels: deflate, matchBytes: deflateMatches },
  '7z': { type: '7z', wrapsTar: false, levels: lzma },
  tar: { type: 'tar', wrapsTar: false },
  'tar.gz': { type: 'gzip', wrapsTar: true, levels: deflate },
  'tar.bz2': { type: 'bzip2', wrapsTar: true, levels: bzip2 },
  'tar.xz': { type: 'xz', wrapsTar: true, levels: lzma },
  gz: { type: 'gzip', wrapsTar: false, levels: deflate },
  bz2: { type: 'bzip2', wrapsTar: false, levels: bzip2 },
  xz: { type: 'xz', wrapsTar: false, levels: lzma },
  'tar.zst': { type: 'zstd', wrapsTar: true, levels: zstd },
  zst: { type: 'zstd', wrapsTar: false, levels: zstd },
};
