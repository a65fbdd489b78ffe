const units: Readonly<Record<string, number>> = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/**
 * Bytes of memory that decompression needs for dictionaries, parsed from the methods in a listing: `LZMA2:26` is 2^26
 * bytes, `LZMA:48m` 48 MiB, `PPMD:o6:mem24` 2^24; for RAR, `m3:22` is 2^22 and `v6:m3:1G` 1 GiB. 0 if there is none.
 * A long chain of filters counts with its threads.
 */
export function dictionaryBytes(methods: string): number {
  const named = methods.matchAll(/\b(?:LZMA2?|PPMD:o\d+:mem|m[0-5]):?(\d+)([bkmg]?)(?![\da-z])/gi);
  const sizes = [...named].map(([, number, unit]) => {
    const bytes = units[unit?.toLowerCase() ?? ''];
    return bytes === undefined ? 2 ** Number(number) : Number(number) * bytes;
  });
  return sizes.reduce((sum, size) => sum + size, 0) + codersOf(methods) * ofCoder;
}

/** Coders beyond the usual four: a 7z may have ten filters, one behind the other, each with a thread of its own. */
const codersOf = (methods: string): number =>
  Math.max(0, methods.split(' ').filter(Boolean).length - 4);
/** The stack and heap of a coder's thread, in bytes. */
const ofCoder = 24 * 1024 ** 2;
