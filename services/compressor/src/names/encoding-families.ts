import type { ReadFormat } from '@comprimemelo/contracts/formats';
import type { NameEncoding } from '@comprimemelo/contracts/name-encodings';

/** Why an encoding was taken: the client said it, the format does, it was found by the names, or it is the usual one. */
export type EncodingBasis = 'told' | 'standard' | 'detected' | 'assumed';

/** What names in archives of one kind are usually written in. */
export interface EncodingFamily {
  /** In the order of preference, where two fit as well. */
  readonly usual: readonly NameEncoding[];
  /** How many times as well another must fit to be taken in place of the first. */
  readonly preference: number;
  /** Taken where none fits. */
  readonly fallback: NameEncoding;
  /** Why the fallback is taken. */
  readonly basis: EncodingBasis & ('standard' | 'assumed');
}

const asian = ['shift_jis', 'gbk', 'big5', 'euc-kr'] as const;
const windows = ['windows-1252', 'windows-1251'] as const;
const dos = ['cp437', 'cp850', 'cp866'] as const;

/** APPNOTE.TXT, appendix D: names without the UTF-8 flag are in code page 437. */
const zip: EncodingFamily = {
  usual: [...dos, ...windows, ...asian],
  preference: 1,
  fallback: 'cp437',
  basis: 'standard',
};

const dosArchive: EncodingFamily = { ...zip, basis: 'assumed' };

/** Unix had no code pages of DOS: they are last, for archives that were made on Windows. */
const unix: EncodingFamily = {
  usual: [...windows, 'koi8-r', 'euc-jp', ...asian, 'cp850', 'cp866'],
  preference: 1,
  fallback: 'windows-1252',
  basis: 'assumed',
};

/** RFC 1952, section 2.3.1: the name is in ISO 8859-1. */
const gzip: EncodingFamily = { ...unix, fallback: 'iso-8859-1', basis: 'standard' };

const lzh: EncodingFamily = {
  usual: ['shift_jis', ...dos, ...windows, 'gbk', 'big5', 'euc-kr'],
  preference: 5,
  fallback: 'shift_jis',
  basis: 'assumed',
};

/** Considered as well where there are many names, and taken where they fit clearly better: few names would pass for them. */
export const rareEncodings: readonly NameEncoding[] = ['cp852', 'windows-1250', 'koi8-r', 'euc-jp'];

const families: Partial<Record<ReadFormat, EncodingFamily>> = {
  zip,
  lzh,
  gz: gzip,
  rar: dosArchive,
  arj: dosArchive,
  cab: dosArchive,
};

/** What names of this format are usually written in. Those that are not named here come from Unix. */
export const familyOf = (format: ReadFormat): EncodingFamily => families[format] ?? unix;
