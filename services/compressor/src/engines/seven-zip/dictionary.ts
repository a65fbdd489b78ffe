const units: Readonly<Record<string, number>> = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/**
 * The bytes of memory that the methods of a listing take to be read, by their dictionaries: `LZMA2:26` is 2^26
 * bytes, `LZMA:48m` 48 MiB, `PPMD:o6:mem24` 2^24; of RAR `m3:22` 2^22 and `v6:m3:1G` 1 GiB. 0 where none is named.
 */
export function dictionaryBytes(methods: string): number {
  const named = methods.matchAll(/\b(?:LZMA2?|PPMD:o\d+:mem|m[0-5]):?(\d+)([bkmg]?)(?![\da-z])/gi);
  const sizes = [...named].map(([, number, unit]) => {
    const bytes = units[unit?.toLowerCase() ?? ''];
    return bytes === undefined ? 2 ** Number(number) : Number(number) * bytes;
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}
