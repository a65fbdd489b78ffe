import type { ListedEntry } from '../engines/seven-zip/listing.js';
import { TaskFailure } from '../job/task-failure.js';
import { extractedPath, foldersOf } from '../safety/extracted-path.js';

/** The paths that a task asks for; a directory stands for all below it. */
export interface RequestedEntries {
  /** The path as 7-Zip has it, of the entry or the directory above it, where the entry is asked for. */
  match(entry: ListedEntry): string | undefined;
  /** Throws a TaskFailure `entry-not-found` that names the first path that no entry has had. */
  checkFound(): void;
}

export function createRequestedEntries(paths: readonly string[]): RequestedEntries {
  const missing = new Map(paths.map((path) => [extractedPath(path), path]));
  const requested = new Set(missing.keys());
  const requestedFolder = (path: string): string | undefined => {
    if (requested.has(path)) return path;
    for (const folder of foldersOf(path)) if (requested.has(folder)) return folder;
    return undefined;
  };
  return {
    match({ path, rawPath }) {
      const wanted = extractedPath(path);
      const found = requestedFolder(wanted);
      if (found === undefined) return undefined;
      missing.delete(found);
      return rawStart(rawPath, depthOf(found));
    },
    checkFound() {
      for (const path of missing.values())
        throw new TaskFailure('entry-not-found', { entry: path });
    },
  };
}

const depthOf = (path: string): number => path.split('/').length;

/** The first parts of a path, empty ones and dots kept but not counted. */
function rawStart(rawPath: string, depth: number): string {
  const parts = rawPath.split('/');
  let left = depth;
  const end = parts.findIndex((part) => {
    if (part !== '' && part !== '.') left -= 1;
    return left === 0;
  });
  return parts.slice(0, end + 1).join('/');
}
