import { toUSVString } from 'node:util';
import { limits } from '@comprimemelo/contracts/limits';

/**
 * What no file name holds on Linux, macOS or Windows, or what this service refuses in an archive:
 * separators, controls, and halves of characters.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const unusable = /[/\\\u0000-\u001f\u007f-\u009f]/g;
const extension = /(?:\.tar)?\.[^. ]{1,16}$/i;

const byteLength = (text: string): number => Buffer.byteLength(text);

/** The longest prefix of the text that fits without splitting a character. */
function startOf(text: string, mostBytes: number): string {
  let start = '';
  let left = mostBytes;
  for (const character of text) {
    left -= byteLength(character);
    if (left < 0) break;
    start += character;
  }
  return start;
}

/** Appends the mark to the stem and shortens the stem to the maximum file name length. */
function fit(name: string, mark: string): string {
  const end = name.length > 1 ? (extension.exec(name.slice(1))?.[0] ?? '') : '';
  const stem = name.slice(0, name.length - end.length);
  const room = limits.nameBytes - byteLength(mark) - byteLength(end);
  return `${startOf(stem, room)}${mark}${end}`;
}

/** A valid file name: unchanged if it already is one, at most 255 bytes of UTF-8. */
export function fileNameOf(name: string): string {
  const usable = toUSVString(name).replace(unusable, '_');
  return fit(['', '.', '..'].includes(usable) ? 'file' : usable, '');
}

/** Equal for names that some file system treats as the same: ignores case and Unicode composition. */
const sameness = (name: string): string => name.normalize('NFC').toLowerCase().normalize('NFC');

/**
 * The file names of the inputs of one task, in order. The second `a.txt` becomes `a (2).txt`; no two are equal, even
 * ignoring case.
 */
export function inputNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const wanted = fileNameOf(name);
    let given = wanted;
    for (let count = 2; taken.has(sameness(given)); count += 1) given = fit(wanted, ` (${count})`);
    taken.add(sameness(given));
    return given;
  });
}
