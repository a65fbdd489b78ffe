import type { NameEncoding } from '@comprimemelo/contracts/name-encodings';
import iconv from 'iconv-lite';

/** Bytes of the longest character that an encoding of ours has: UTF-8 and GB 18030. */
const longest = 4;

const decoded = (bytes: Buffer, encoding: NameEncoding): string =>
  iconv.decode(bytes, encoding, { stripBOM: false });

const isWhole = (text: string): boolean => !text.includes('\ufffd');

const escaped = (byte: number): string => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;

/** `%` and two digits as they stand in the name, which must not be taken for a byte. */
const looksEscaped = (bytes: Buffer, at: number): boolean =>
  /^%[0-9a-f]{2}$/i.test(bytes.toString('latin1', at, at + 3));

/** The character that begins at a byte, and its length in bytes; undefined where none does. */
function characterAt(bytes: Buffer, at: number, encoding: NameEncoding) {
  for (let length = 1; length <= longest && at + length <= bytes.length; length += 1) {
    const text = decoded(bytes.subarray(at, at + length), encoding);
    if (text !== '' && isWhole(text)) return { text, length };
  }
  return undefined;
}

function decodedByCharacter(bytes: Buffer, encoding: NameEncoding): string {
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const found = characterAt(bytes, at, encoding);
    if (found === undefined || looksEscaped(bytes, at)) text += escaped(bytes[at] ?? 0);
    else text += found.text;
    at += found?.length ?? 1;
  }
  return text;
}

/**
 * A name as text. A byte that the encoding does not have is shown as `%` and two hexadecimal digits (`%E9`); in such a
 * name a `%` of its own that two such digits follow is `%25`, so that nothing is ambiguous. Never gives U+FFFD, unless
 * the name itself holds it in valid UTF-8. `raw` is one character a byte.
 */
export function decodeName(raw: string, encoding: NameEncoding): string {
  const bytes = Buffer.from(raw, 'latin1');
  const text = decoded(bytes, encoding);
  return isWhole(text) ? text : decodedByCharacter(bytes, encoding);
}
