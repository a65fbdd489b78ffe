import t from 'tap';
import { dictionaryBytes } from '../../../src/engines/seven-zip/dictionary.js';

t.test("reads 7-Zip's names of methods", async (t) => {
  for (const [methods, bytes] of [
    ['LZMA2:26', 2 ** 26],
    ['LZMA:48m', 48 * 2 ** 20],
    ['LZMA2:3m CRC32', 3 * 2 ** 20],
    ['LZMA:1536m', 1536 * 2 ** 20],
    ['LZMA:25 BCJ2', 2 ** 25],
    ['BCJ2 LZMA:25 LZMA:20', 2 ** 25 + 2 ** 20],
    ['LZMA2:12 7zAES:19', 2 ** 12],
    ['PPMD:o6:mem24', 2 ** 24],
    ['PPMD:o32:mem192m', 192 * 2 ** 20],
    ['m3:22', 2 ** 22],
    ['m5:32M', 32 * 2 ** 20],
    ['v6:m3:1G', 2 ** 30],
    ['Delta:1 ARM PPC BCJ BCJ2 LZMA2:17', 2 ** 17 + 2 * 24 * 2 ** 20],
    ['LZMA:eos', 0],
    ['Deflate', 0],
    ['ZipCrypto Store', 0],
    ['', 0],
  ] as const) {
    t.equal(dictionaryBytes(methods), bytes, methods);
  }
});
