import type { ContainerType } from './container.js';

/** Methods that 7-Zip lists and cannot unpack, by the format, as it prints them and as people call them. */
const methods: Partial<Record<ContainerType, readonly (readonly [RegExp, string])[]>> = {
  '7z': [
    [/^04F71101$/, 'Zstandard in a 7z'],
    [/^04F71102$/, 'Brotli in a 7z'],
    [/^04F71104$/, 'LZ4 in a 7z'],
    [/^04F71105$/, 'LZ5 in a 7z'],
    [/^04F71106$/, 'Lizard in a 7z'],
    [/^[\dA-F]{4,}$/, 'the method $& of a 7z'],
  ],
  zip: [
    [/^(?:Reduce[1-4]|Tokenize|PKImploding|Terse|IBM_TERSE|LZ77|MP3|Jpeg|WavPack)$/i, '$&'],
    [/^(\d+)(?::v\d+)?$/, 'the zip method $1'],
  ],
  lzh: [[/^-(?:lh[1238]|lz[s25]|pm[12])-$/, '$&']],
};

/** The method of an entry that cannot be unpacked, in words; undefined if all of `printed` can. Source: 7-Zip 26.03. */
export function unsupportedMethod(type: ContainerType, printed: string): string | undefined {
  for (const one of printed.split(' ')) {
    for (const [pattern, words] of methods[type] ?? []) {
      if (pattern.test(one)) return one.replace(pattern, words);
    }
  }
  return undefined;
}
