import { toUSVString } from 'node:util';
import { fitFileName } from '@comprimemelo/contracts/file-name';

/**
 * What no file name holds on Linux, macOS or Windows, or what this service refuses in an archive:
 * separators, controls, and halves of characters.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const unusable = /[/\\\u0000-\u001f\u007f-\u009f]/g;

/** A valid file name: unchanged if it already is one, at most 255 bytes of UTF-8. */
export function fileNameOf(name: string): string {
  const usable = toUSVString(name).replace(unusable, '_');
  return fitFileName(['', '.', '..'].includes(usable) ? 'file' : usable);
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
    for (let count = 2; taken.has(sameness(given)); count += 1) {
      given = fitFileName(wanted, ` (${count})`);
    }
    taken.add(sameness(given));
    return given;
  });
}
