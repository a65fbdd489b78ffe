import { fitFileName } from '@comprimemelo/contracts/file-name';
import { folderOf } from '../safety/extracted-path.js';

/** What takes a path: `other` is a link or special, which may be left out, and where a folder may lie all the same. */
export type TakerKind = 'file' | 'directory' | 'other';

/** Gives each entry a path of its own. */
export interface TakenPaths {
  /**
   * The path, or `a (2).txt` where something has it already. Directories share a path. A folder never has the path of a
   * file: what lies in it goes into `a (2)` with it.
   */
  take(path: string, kind: TakerKind): string;
}

/** `mostKept` paths are compared with each other; those that come after them stay as they are. */
export function createTakenPaths(mostKept: number): TakenPaths {
  const numbered = createNumbering();
  const files = new Set<string>();
  const others = new Set<string>();
  const directories = new Set<string>();
  /** What folders became, by their own paths. */
  const folders = new Map<string, string>();
  const isOccupied = (path: string) => files.has(path) || others.has(path);
  const isTaken = (path: string) => isOccupied(path) || directories.has(path);
  const folderFor = (path: string, isBarred: (path: string) => boolean): string => {
    if (path === '') return '';
    const known = folders.get(path);
    if (known !== undefined) return known;
    const placed = numbered(below(folderFor(folderOf(path), hasFile), nameOf(path)), isBarred);
    folders.set(path, placed);
    directories.add(placed);
    return placed;
  };
  const hasFile = (path: string) => files.has(path);
  return {
    take(path, kind) {
      if (files.size + others.size + directories.size > mostKept) return path;
      if (kind === 'directory') return folderFor(path, isOccupied);
      const placed = numbered(below(folderFor(folderOf(path), hasFile), nameOf(path)), isTaken);
      (kind === 'file' ? files : others).add(placed);
      return placed;
    },
  };
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const below = (folder: string, name: string): string =>
  folder === '' ? name : `${folder}/${name}`;

type Numbering = (path: string, isTaken: (path: string) => boolean) => string;

/** Gives the path, or the first with a number that is not taken. The numbers of a path are never tried twice. */
function createNumbering(): Numbering {
  const next = new Map<string, number>();
  return (path, isTaken) => {
    if (!isTaken(path)) return path;
    for (let count = next.get(path) ?? 2; ; count += 1) {
      const other = below(folderOf(path), fitFileName(nameOf(path), ` (${count})`));
      if (isTaken(other)) continue;
      next.set(path, count + 1);
      return other;
    }
  };
}
