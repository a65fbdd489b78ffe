import { nameEncodingNames } from '@comprimemelo/contracts/name-encodings';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import t from 'tap';
import { decodeName } from '../../src/names/decode-name.js';

const raw = (...bytes: number[]) => String.fromCharCode(...bytes);

t.test('every encoding is known to the decoder', async (t) => {
  for (const encoding of nameEncodingNames) t.ok(iconv.encodingExists(encoding), encoding);
});

t.test('a trail byte 0x5C is no backslash', async (t) => {
  for (const [encoding, bytes, text] of [
    ['shift_jis', [0x95, 0x5c, 0x8e, 0x86], '表紙'],
    ['shift_jis', [0x83, 0x5c, 0x5c, 0x61], 'ソ\\a'],
    ['gbk', [0x81, 0x5c], '乗'],
    ['big5', [0xa5, 0x5c, 0xaf, 0xe0], '功能'],
  ] as const) {
    t.equal(decodeName(raw(...bytes), encoding), text, encoding);
  }
});

t.test('a byte that the encoding does not have is shown', async (t) => {
  t.equal(decodeName('caf\u00e9.txt', 'utf-8'), 'caf%E9.txt');
  t.equal(decodeName('\u00ef\u00bb\u00bfa\u00ff', 'utf-8'), '\ufeffa%FF', 'a mark of order stays');
  t.equal(decodeName('100%25 caf\u00e9 5%', 'utf-8'), '100%2525 caf%E9 5%', 'nothing is ambiguous');
  t.equal(decodeName('100%25', 'utf-8'), '100%25', 'and nothing changed where all is told');
  t.equal(decodeName(raw(0x93, 0xfa, 0x81), 'shift_jis'), '日%81', 'a name that was cut');
  t.equal(decodeName(raw(0x93, 0xfa, 0x81, 0x2f, 0x61), 'shift_jis'), '日%81/a');
  t.equal(decodeName(raw(0x81, 0x30, 0x81, 0x30, 0xff), 'gb18030'), '\u0080%FF');
  t.equal(decodeName(raw(0xd2, 0xaa), 'windows-1253'), '%D2%AA');
});

/** What the shown name was made of: the inverse of what the docstring says. */
const bytesShown = (text: string, encoding: string): Buffer =>
  Buffer.concat(
    text
      .split(/(%[0-9A-F]{2})/)
      .map((piece, n) =>
        n % 2 === 1
          ? Buffer.from([Number.parseInt(piece.slice(1), 16)])
          : iconv.encode(piece, encoding),
      ),
  );

t.test('no bytes give U+FFFD, and what is shown of UTF-8 can be undone', async (t) => {
  const bytes = fc.uint8Array({ maxLength: 40 });
  fc.assert(
    fc.property(bytes, fc.constantFrom(...nameEncodingNames), (some, encoding) => {
      const name = Buffer.from(some);
      if (encoding === 'utf-8' && name.includes('\ufffd')) return true;
      return !decodeName(name.toString('latin1'), encoding).includes('\ufffd');
    }),
    { seed: 10, numRuns: 20_000 },
  );
  fc.assert(
    fc.property(bytes, (some) => {
      const name = Buffer.concat([Buffer.from(some), Buffer.from([0xff])]);
      return bytesShown(decodeName(name.toString('latin1'), 'utf-8'), 'utf-8').equals(name);
    }),
    { seed: 10, numRuns: 5_000 },
  );
  t.pass('25,000 names');
});
