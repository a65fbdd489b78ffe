import fc from 'fast-check';

/** Bytes that a file system takes for one name. */
const longest = 255;

/** Words in several scripts, composed and decomposed. */
const words = [
  ...['a', 'b', 'notes', 'README', 'Straße', 'naïve', 'cafe\u0301', 'İstanbul', 'ŉ', 'ﬁ'],
  ...[
    'отчёт',
    'Їжак',
    'и\u0306',
    '报告',
    '報告書',
    'が',
    'か\u3099',
    '보고서',
    '한글'.normalize('NFD'),
  ],
  ...[
    'تقرير',
    'דו״ח',
    'รายงาน',
    'परीक्षण',
    '👩‍👩‍👧‍👦',
    '🏳️‍🌈',
    '👍🏽',
    '𝒳',
    '\u200b',
    '\ufeff',
    '\u202e',
  ],
] as const;

/** What programs and other systems take for something else. Names of drives are left to safety/placed-path.test.ts. */
const oddNames = [
  ...['aux.c', 'CON', 'nul.txt', 'com1', 'ends.', 'ends ', ' starts', '.hidden', '..two', '...'],
  ...[
    '-rf',
    '--',
    '-',
    '@list',
    '~',
    '%41',
    '%',
    'a (2)',
    'ab:c',
    'file:',
    'a*?',
    '[1]',
    '"quoted"',
  ],
  ...['back\\slash', '\\', 'a|b', '<x>', '$HOME', '`x`', "it's", '#', 'tab\there', 'line\nfeed'],
  ...['PaxHeader', 'GNUSparseFile.0', 'mimetype', 'DEBIAN', 'x.tar', 'x.tar.gz', 'a.zip', '\u0007'],
] as const;

const word = fc.constantFrom(...words);
const extension = fc.constantFrom('', '', '.txt', '.TXT', '.tar.gz', '.документ', '.');

/** So many of a word that they take as many bytes as a name can have, or nearly. */
const long = fc.tuple(word, fc.nat({ max: 3 })).map(([text, less]) => {
  const times = Math.floor((longest - less) / Buffer.byteLength(text));
  return text.repeat(times);
});

const compound = fc
  .tuple(
    fc.array(word, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', ' ', '-', '_'),
    extension,
  )
  .map(([parts, between, end]) => parts.join(between) + end);

const isName = (text: string): boolean =>
  Buffer.byteLength(text) <= longest && !['', '.', '..'].includes(text);

/** File names: of several scripts, awkward ones, and some of the full length. */
export const fileName: fc.Arbitrary<string> = fc
  .oneof(
    { arbitrary: compound, weight: 6 },
    { arbitrary: fc.constantFrom(...oddNames), weight: 4 },
    { arbitrary: long, weight: 1 },
  )
  .filter(isName);

/** Names that some file system takes for the same, or that a numbered duplicate would get. */
const twins: readonly ((name: string) => string)[] = [
  (name) => name.toUpperCase(),
  (name) => name.toLowerCase(),
  (name) => name.normalize('NFD'),
  (name) => name.normalize('NFC'),
  (name) => `${name} (2)`,
];

/** A name that differs from the given one so little that some system sees no difference; or undefined. */
export const twinOf = (name: string, which: number): string | undefined => {
  const twin = twins[which % twins.length]?.(name) ?? name;
  return isName(twin) ? twin : undefined;
};
