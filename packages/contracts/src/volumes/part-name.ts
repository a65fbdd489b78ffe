import { formatOfName } from '../formats.js';
import { limits } from '../limits.js';

/**
 * How the parts of a split archive lie: `bytes` are pieces of one file; a rar's parts are archives that know of each
 * other; a split zip's are pieces whose last one, the `.zip`, says where everything is.
 */
export type VolumeScheme = 'bytes' | 'rar' | 'zip';

/** The number of the part that ends a split zip, whatever the number of the others. */
export const lastOfZip = Number.MAX_SAFE_INTEGER;

/** What the file name of a part says. Names with one `scheme`, `key` and `name`, in any case, are of one set. */
export interface PartName {
  readonly scheme: VolumeScheme;
  /** The manner of numbering. */
  readonly key: string;
  /** Of the whole archive. */
  readonly name: string;
  readonly number: number;
  /** Digits or letters of the number. */
  readonly width: number;
  /** True if a file of this name may as well be a whole one. */
  readonly isWhole: boolean;
  nameOf(number: number, width: number): string;
}

const padded = (number: number, width: number): string => String(number).padStart(width, '0');

/** `aa` is 0, `ab` 1, `ba` 26: the suffixes of split(1). */
const letters = 26;
const codeOfA = 97;
const ofLetters = ([first = 'a', second = 'a']: string): number =>
  (first.charCodeAt(0) - codeOfA) * letters + second.charCodeAt(0) - codeOfA;
const inLetters = (number: number): string =>
  String.fromCharCode(codeOfA + Math.floor(number / letters), codeOfA + (number % letters));

/** `holiday.part1.rar`; the first of a self-extractor is a program. */
function rarPart(name: string): PartName | undefined {
  const [, stem, digits, extension = ''] = /^(.+\.part)(\d{1,5})(\.(?:rar|exe))$/i.exec(name) ?? [];
  if (stem === undefined || digits === undefined) return undefined;
  const isProgram = extension.toLowerCase() === '.exe';
  const ending = isProgram ? '.rar' : extension;
  return {
    scheme: 'rar',
    key: 'part',
    name: `${stem.slice(0, -'.part'.length)}${ending}`,
    number: Number(digits),
    width: digits.length,
    isWhole: isProgram,
    nameOf: (number, width) => `${stem}${padded(number, width)}${ending}`,
  };
}

const codeOfR = 114;

/** `holiday.rar`, `holiday.r00` to `holiday.r99`, `holiday.s00` and on. */
function oldRarPart(name: string): PartName | undefined {
  const [, stem, extension = ''] = /^(.+\.)(rar|[rs]\d\d)$/i.exec(name) ?? [];
  if (stem === undefined) return undefined;
  const isFirst = extension.toLowerCase() === 'rar';
  const hundreds = extension.toLowerCase().charCodeAt(0) - codeOfR;
  const isUpper = extension.toUpperCase() === extension;
  const cased = (text: string) => (isUpper ? text.toUpperCase() : text);
  return {
    scheme: 'rar',
    key: 'old',
    name: `${stem}${cased('rar')}`,
    number: isFirst ? 1 : hundreds * 100 + Number(extension.slice(1)) + 2,
    width: 2,
    isWhole: isFirst,
    nameOf: (number) => {
      if (number === 1) return `${stem}${cased('rar')}`;
      const letter = String.fromCharCode(codeOfR + Math.floor((number - 2) / 100));
      return `${stem}${cased(letter)}${padded((number - 2) % 100, 2)}`;
    },
  };
}

/** `photos.z01`, `photos.z02` and on, and `photos.zip` at the end; `.zx01` and `.zipx` likewise. */
function zipPart(name: string): PartName | undefined {
  const [, stem, last, z = last?.replace(/ip/i, ''), digits] =
    /^(.+\.)(?:(zipx?)|(zx?)(\d{2,5}))$/i.exec(name) ?? [];
  if (stem === undefined || z === undefined) return undefined;
  const whole = `${stem}${z[0]}${z[0] === 'Z' ? 'IP' : 'ip'}${z.slice(1)}`;
  return {
    scheme: 'zip',
    key: z.toLowerCase(),
    name: whole,
    number: digits === undefined ? lastOfZip : Number(digits),
    width: digits?.length ?? 2,
    isWhole: digits === undefined,
    nameOf: (number, width) =>
      number === lastOfZip ? whole : `${stem}${z}${padded(number, width)}`,
  };
}

/** `s.7z.001`, `backup.tar.gz.aa`, `backup.tar.gz.part-01`; without an archive's extension `backup.001` alone. */
function piece(name: string): PartName | undefined {
  const [, whole, mark = '', token = ''] =
    /^(.+?)(\.(?:part[-_.]?)?)(\d{1,5}|[a-z]{2})$/i.exec(name) ?? [];
  if (whole === undefined) return undefined;
  const isLetters = /^[a-z]/i.test(token);
  const isPlain = mark === '.';
  const isArchive = formatOfName(whole) !== undefined;
  if (isPlain && token.length < (isArchive ? 2 : 3)) return undefined;
  if (!isArchive && (isLetters || !isPlain)) return undefined;
  // The eighteenth piece is called like the format `ar`.
  if (isLetters && formatOfName(name) !== undefined && token !== 'ar') return undefined;
  const number = isLetters ? ofLetters(token.toLowerCase()) : Number(token);
  const isWhole = isLetters
    ? number >= limits.files || token === 'ar'
    : isPlain && !token.startsWith('0') && !(isArchive && token.length > 2);
  const cased = (text: string) => (token === token.toUpperCase() ? text.toUpperCase() : text);
  return {
    scheme: 'bytes',
    key: `${mark}${isLetters ? 'a' : '1'}`.toLowerCase(),
    name: whole,
    number,
    width: token.length,
    isWhole,
    nameOf: (other, width) =>
      `${whole}${mark}${isLetters ? cased(inLetters(other)) : padded(other, width)}`,
  };
}

/** What a file name says of a split archive that it may be a part of. */
export const partNameOf = (name: string): PartName | undefined =>
  rarPart(name) ?? oldRarPart(name) ?? zipPart(name) ?? piece(name);
