/**
 * The encodings that entry names can be read in, by the name that IANA has for them, in lower case, and the other names
 * that people know them by. Source: IANA's registry of character sets, and the WHATWG Encoding Standard for labels.
 */
export const nameEncodings = {
  'utf-8': [],
  cp437: ['ibm437', '437'],
  cp775: ['ibm775', '775'],
  cp850: ['ibm850', '850'],
  cp852: ['ibm852', '852'],
  cp855: ['ibm855', '855'],
  cp857: ['ibm857', '857'],
  cp858: ['ibm00858', 'cp00858', 'ccsid00858', '858'],
  cp860: ['ibm860', '860'],
  cp861: ['ibm861', '861'],
  cp862: ['ibm862', '862'],
  cp863: ['ibm863', '863'],
  cp864: ['ibm864', '864'],
  cp865: ['ibm865', '865'],
  cp866: ['ibm866', '866'],
  cp869: ['ibm869', '869'],
  shift_jis: ['sjis', 'ms_kanji', 'windows-31j', 'cp932', 'ms932', '932', 'x-sjis'],
  'euc-jp': ['x-euc-jp'],
  gbk: ['gb2312', 'cp936', 'ms936', 'windows-936', '936', 'x-gbk', 'euc-cn'],
  gb18030: [],
  big5: ['cp950', 'ms950', 'windows-950', '950', 'big5-hkscs'],
  'euc-kr': ['cp949', 'ms949', 'windows-949', '949', 'uhc', 'ks_c_5601-1987'],
  'windows-874': ['cp874', '874', 'tis-620', 'iso-8859-11'],
  'windows-1250': ['cp1250', '1250'],
  'windows-1251': ['cp1251', '1251'],
  'windows-1252': ['cp1252', '1252'],
  'windows-1253': ['cp1253', '1253'],
  'windows-1254': ['cp1254', '1254'],
  'windows-1255': ['cp1255', '1255'],
  'windows-1256': ['cp1256', '1256'],
  'windows-1257': ['cp1257', '1257'],
  'windows-1258': ['cp1258', '1258'],
  'iso-8859-1': ['latin1', 'l1', '28591'],
  'iso-8859-2': ['latin2', 'l2', '28592'],
  'iso-8859-3': ['latin3', 'l3'],
  'iso-8859-4': ['latin4', 'l4'],
  'iso-8859-5': ['cyrillic'],
  'iso-8859-6': ['arabic'],
  'iso-8859-7': ['greek'],
  'iso-8859-8': ['hebrew'],
  'iso-8859-9': ['latin5', 'l5'],
  'iso-8859-10': ['latin6', 'l6'],
  'iso-8859-13': ['latin7'],
  'iso-8859-14': ['latin8', 'l8'],
  'iso-8859-15': ['latin9'],
  'iso-8859-16': ['latin10', 'l10'],
  'koi8-r': [],
  'koi8-u': [],
  macintosh: ['mac', 'macroman', 'x-mac-roman'],
} as const satisfies Record<string, readonly string[]>;

export type NameEncoding = keyof typeof nameEncodings;

export const nameEncodingNames = Object.keys(nameEncodings) as NameEncoding[];

/** What `options.nameEncoding` may be: an encoding, or `auto`, which finds it by the names themselves. */
export type RequestedEncoding = NameEncoding | 'auto';

/** `Shift-JIS`, `shift_jis` and `SHIFTJIS` are one name. Source: UTS #22, section 1.4. */
const plain = (word: string): string =>
  word
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/(?<!\d)0+(?=\d)/g, '');

const byWord = new Map<string, RequestedEncoding>([
  ['auto', 'auto'],
  ...nameEncodingNames.flatMap((name) =>
    [name, ...nameEncodings[name]].map((word): [string, NameEncoding] => [plain(word), name]),
  ),
]);

/** The encoding that a client's word names, in any case and with any punctuation; undefined where none is known by it. */
export const parseNameEncoding = (word: string): RequestedEncoding | undefined =>
  byWord.get(plain(word));
