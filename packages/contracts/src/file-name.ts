import { limits } from './limits.js';

/** What a file is known by: the extension, and for archives in volumes the part's number with it. */
const extension = /(?:\.(?:tar|tar\.[a-z0-9]{1,4}|7z|zip|rar|part\d{1,5}))?\.[^.\s/\\]{1,16}$/iu;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

function takeWhole(parts: Iterable<string>, bytes: number): string {
  let start = '';
  let left = bytes;
  for (const part of parts) {
    left -= Buffer.byteLength(part);
    if (left < 0) break;
    start += part;
  }
  return start;
}

function* charactersOf(text: string): Generator<string> {
  for (const { segment } of graphemes.segment(text)) yield segment;
}

/**
 * The longest start of `text` that fits into `bytes` bytes of UTF-8, in whole characters as people see them: a base is
 * not parted from its accents, nor an emoji from the rest of its family. A single character that is too long is cut
 * between code points. Source: UAX #29, extended grapheme clusters.
 */
export function startOf(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  return takeWhole(charactersOf(text), bytes) || takeWhole(text, bytes);
}

/**
 * A file name of at most `limits.nameBytes` bytes: `mark` is put before the extension, and what stands before it is
 * cut. A name that fits, with an empty mark, comes back as it is.
 */
export function fitFileName(name: string, mark = ''): string {
  // The first character is never an extension's: `.profile` has none.
  const [, first = '', rest = ''] = /^(.?)(.*)$/su.exec(name) ?? [];
  const end = extension.exec(rest)?.[0] ?? '';
  const stem = `${first}${rest.slice(0, rest.length - end.length)}`;
  const room = limits.nameBytes - Buffer.byteLength(mark) - Buffer.byteLength(end);
  return `${startOf(stem, room)}${mark}${end}`;
}
