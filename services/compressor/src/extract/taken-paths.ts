import { fitFileName } from '@comprimemelo/contracts/file-name';
import { folderOf } from '../safety/extracted-path.js';

/** Gives each entry a path of its own. */
export interface TakenPaths {
  /** The path, or `a (2).txt` where a file or a directory has it already. Directories share a path. */
  take(path: string, kind: 'file' | 'directory'): string;
}

/** Paths that are kept to compare with: more entries are never extracted from one archive. */
const mostKept = 400_000;

export function createTakenPaths(): TakenPaths {
  const files = new Set<string>();
  const directories = new Set<string>();
  const addFolders = (path: string) => {
    for (let folder = folderOf(path); folder !== '' && !directories.has(folder); ) {
      directories.add(folder);
      folder = folderOf(folder);
    }
  };
  const isTaken = (path: string) => files.has(path) || directories.has(path);
  return {
    take(path, kind) {
      if (files.size + directories.size > mostKept) return path;
      const placed = kind === 'directory' ? belowNoFile(path, files) : freePath(path, isTaken);
      (kind === 'directory' ? directories : files).add(placed);
      addFolders(placed);
      return placed;
    },
  };
}

const freePath = (path: string, isTaken: (path: string) => boolean): string =>
  numbered(path, isTaken);

/** A directory may be named twice, but not where a file stands. */
const belowNoFile = (path: string, files: ReadonlySet<string>): string =>
  numbered(path, (one) => files.has(one));

function numbered(path: string, isTaken: (path: string) => boolean): string {
  if (!isTaken(path)) return path;
  const folder = folderOf(path);
  const name = path.slice(folder === '' ? 0 : folder.length + 1);
  for (let count = 2; ; count += 1) {
    const given = fitFileName(name, ` (${count})`);
    const other = folder === '' ? given : `${folder}/${given}`;
    if (!isTaken(other)) return other;
  }
}
