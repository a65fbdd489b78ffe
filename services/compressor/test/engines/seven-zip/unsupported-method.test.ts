import t from 'tap';
import { unsupportedMethod } from '../../../src/engines/seven-zip/unsupported-method.js';

t.test('names what 7-Zip lists and cannot unpack', async (t) => {
  for (const [type, printed, words] of [
    ['7z', 'BCJ 04F71101', 'Zstandard in a 7z'],
    ['7z', '04F71104', 'LZ4 in a 7z'],
    ['7z', '04F711FF', 'the method 04F711FF of a 7z'],
    ['zip', 'Reduce1', 'Reduce1'],
    ['zip', 'ZipCrypto 7:v3', 'the zip method 7'],
    ['zip', '65226', 'the zip method 65226'],
    ['lzh', '-lh1-', '-lh1-'],
    ['lzh', '-lzs-', '-lzs-'],
  ] as const) {
    t.equal(unsupportedMethod(type, printed), words, printed);
  }
});

t.test('says nothing of what it unpacks', async (t) => {
  for (const [type, printed] of [
    ['7z', 'BCJ2 LZMA:25 7zAES:19'],
    ['7z', 'Delta:1 ARM ARMT PPC SPARC BCJ LZMA2:12'],
    ['7z', 'Copy'],
    ['7z', 'PPMD:o6:mem24'],
    ['zip', 'AES-256 Deflate'],
    ['zip', 'Store'],
    ['zip', 'Deflate64'],
    ['zip', 'zstd'],
    ['zip', 'xz'],
    ['lzh', '-lh5-'],
    ['lzh', '-lhd-'],
    ['arj', '1'],
    ['rar', 'm3:17'],
    ['zip', ''],
  ] as const) {
    t.equal(unsupportedMethod(type, printed), undefined, printed);
  }
});
