import { TaskFailure } from '../job/task-failure.js';
import { extractedPath, foldersOf } from '../safety/extracted-path.js';

/** The paths that a task asks for; a directory stands for all below it. */
export interface RequestedEntries {
  /** True if the entry with this path, or a directory above it, is asked for. */
  match(path: string): boolean;
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
    match(path) {
      const found = requestedFolder(path);
      if (found === undefined) return false;
      missing.delete(found);
      return true;
    },
    checkFound() {
      for (const path of missing.values())
        throw new TaskFailure('entry-not-found', { entry: path });
    },
  };
}
