import { fitFileName } from '@comprimemelo/contracts/file-name';

/**
 * What no file name holds on Linux, macOS or Windows, or what this service refuses in an archive:
 * separators, controls, and halves of characters.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const unusable = /[/\\\u0000-\u001f\u007f-\u009f\p{Surrogate}]/gu;

/** A valid file name: unchanged if it already is one, at most 255 bytes of UTF-8. */
export function fileNameOf(name: string): string {
  const usable = name.replace(unusable, '_');
  return fitFileName(['', '.', '..'].includes(usable) ? 'file' : usable);
}

/** Equal for names that some file system treats as the same: ignores case and Unicode composition. */
const sameness = (name: string): string => name.normalize('NFC').toLowerCase().normalize('NFC');

/** The folders that the path lies in, the innermost first. */
function foldersAbove(path: string): string[] {
  const ends = [...path.matchAll(/\//g)].map(({ index }) => index);
  return ends.map((end) => path.slice(0, end)).reverse();
}

/**
 * The relative paths of the inputs of one task, in order, every part of them a valid file name. The second
 * `photos/a.txt` becomes `photos/a (2).txt`, and a file that is called like a folder gets a number too; no two are
 * equal, even ignoring case.
 */
export function inputPaths(paths: readonly string[]): string[] {
  const wanted = paths.map((path) => path.split('/').map(fileNameOf).join('/'));
  const taken = new Set(wanted.flatMap(foldersAbove).map(sameness));
  return wanted.map((path) => {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const name = path.slice(folder.length);
    let given = path;
    for (let count = 2; taken.has(sameness(given)); count += 1) {
      given = folder + fitFileName(name, ` (${count})`);
    }
    taken.add(sameness(given));
    return given;
  });
}

/** The folders of these paths, each once, outer ones first. */
export const foldersOfAll = (paths: readonly string[]): string[] =>
  [...new Set(paths.flatMap(foldersAbove))].sort();

/** The same of file names alone: the second `a.txt` becomes `a (2).txt`. */
export const inputNames = (names: readonly string[]): string[] => inputPaths(names.map(fileNameOf));
