import type { WrittenFormat } from '@comprimemelo/contracts/formats';

/** Times that a format can write. */
export interface TimeRange {
  /** Nanoseconds from one time to the next. */
  readonly step: number;
  /** Seconds since 1970. */
  readonly first: number;
  readonly last: number;
}

/** What a format holds of a tree, by its own definition, and as far as it is written here. */
export interface Holding {
  /** False of one that holds the content of a single file. */
  readonly tree: boolean;
  /** Undefined of one that holds no times. */
  readonly times: TimeRange | undefined;
  readonly symbolicLinks: boolean;
  /** True if several names share one content; else each is a file of its own. */
  readonly hardLinks: boolean;
  /** True if entries stand in the order that they are given in. */
  readonly ordered: boolean;
  /** False if a line feed in a path is read back as a low line, and nothing can tell. */
  readonly lineFeeds: boolean;
  /** The path of a file that may have no exact time. */
  readonly untimed: string | undefined;
  /** Permissions that every entry has: without them a program cannot read what it packs. */
  readonly leastModes: Readonly<Record<'file' | 'directory' | 'symlink', number>>;
  /** True if the folders that only paths name become entries too. */
  readonly addsFolders: boolean;
}

/** Of what no tree here exceeds. */
const everyYear = { first: Number.NEGATIVE_INFINITY, last: Number.POSITIVE_INFINITY };

/** POSIX.1-2017, pax: records in UTF-8 of any length, times in decimals of any length; ustar: permissions and links. */
const tar: Holding = {
  tree: true,
  times: { step: 1, ...everyYear },
  symbolicLinks: true,
  hardLinks: true,
  ordered: true,
  addsFolders: false,
  lineFeeds: true,
  untimed: undefined,
  leastModes: { file: 0, directory: 0, symlink: 0 },
};

/**
 * APPNOTE.TXT 6.3.10, 4.5.5: times of NTFS. Its Unix attributes hold types and permissions. It is read through the list of
 * 7-Zip, which has a line for each property. EPUB OCF 3.3, 4.3: the first file `mimetype` has no extra field.
 */
const zip: Holding = {
  ...tar,
  times: { step: 100, ...everyYear },
  hardLinks: false,
  lineFeeds: false,
  untimed: 'mimetype',
};

/**
 * 7zFormat.txt: FILETIME, of which a folder on a disk is given the microseconds here, and attributes with those of Unix.
 * 7-Zip packs that folder, and sorts what lies in it.
 */
const sevenZip: Holding = {
  ...zip,
  times: { step: 1_000, ...everyYear },
  leastModes: { file: 0o400, directory: 0o700, symlink: 0 },
  untimed: undefined,
  symbolicLinks: false,
  ordered: false,
  addsFolders: true,
};

/** The XZ, bzip2 and Zstandard (RFC 8878) formats: bytes alone. */
const stream: Holding = {
  ...tar,
  tree: false,
  times: undefined,
  symbolicLinks: false,
  hardLinks: false,
};

/** RFC 1952, 2.3.1: seconds in 32 bits; 0 says that there is none. */
const gzip: Holding = { ...stream, times: { step: 1e9, first: 1, last: 2 ** 32 - 1 } };

export const holdings: Readonly<Record<WrittenFormat, Holding>> = {
  tar,
  'tar.gz': tar,
  'tar.bz2': tar,
  'tar.xz': tar,
  'tar.zst': tar,
  zip,
  '7z': sevenZip,
  gz: gzip,
  bz2: stream,
  xz: stream,
  zst: stream,
};
