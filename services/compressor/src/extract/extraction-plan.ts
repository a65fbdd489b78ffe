import type { ListedEntry } from '../engines/seven-zip/listing.js';
import type { Wanted } from '../open/archive-part.js';
import { extractedPath, folderOf } from '../safety/extracted-path.js';

/** The entries of one part to extract, collected while it is listed. */
export interface ExtractionPlan {
  /** Paths of the files to be extracted, one character per byte. */
  readonly expected: ReadonlySet<string>;
  /**
   * Takes the next entry that is wanted; `requested` is the path that it is wanted by, its own or that of a
   * directory above it, empty for the whole part.
   */
  add(entry: ListedEntry, requested: string | undefined): void;
  /** Finishes the plan. Calls back with each path below a link, which is skipped together with the link. */
  settle(onBelowLink: (path: string) => void): Wanted;
}

export function createExtractionPlan(): ExtractionPlan {
  const expected = new Set<string>();
  const only = new Set<string>();
  const leftOut = new Map<string, string>();
  const isBelowLink = createBelow(leftOut);
  let dictionaryBytes = 0;
  return {
    expected,
    add({ rawPath, kind, dictionaryBytes: bytes }, requested) {
      if (requested !== undefined) only.add(requested);
      dictionaryBytes = Math.max(dictionaryBytes, bytes);
      const path = extractedPath(rawPath);
      if (kind === 'link' || kind === 'special') leftOut.set(path, rawPath);
      else if (kind === 'file' && path !== '') expected.add(path);
    },
    settle(onBelowLink) {
      for (const path of leftOut.size > 0 ? expected : []) {
        const isLink = leftOut.has(path);
        if (!isLink && !isBelowLink(path)) continue;
        expected.delete(path);
        if (!isLink) onBelowLink(path);
      }
      const all = only.size === 0 || only.has('');
      const wanted = { leftOut: [...leftOut.values()], dictionaryBytes };
      return all ? wanted : { ...wanted, only: [...only] };
    },
  };
}

/** Returns a test of whether a path is inside one of the folders. Each folder is checked only once. */
function createBelow(folders: ReadonlyMap<string, unknown>): (path: string) => boolean {
  const known = new Map<string, boolean>([['', false]]);
  const isBelow = (path: string): boolean => {
    const folder = folderOf(path);
    const before = known.get(folder);
    if (before !== undefined) return before;
    const below = folders.has(folder) || isBelow(folder);
    known.set(folder, below);
    return below;
  };
  return isBelow;
}
