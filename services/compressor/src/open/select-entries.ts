import type { ListedEntry } from '../engines/entry.js';
import type { ContainerType } from '../engines/seven-zip/container.js';
import type { ExpectedContent } from '../engines/seven-zip/read-contents.js';
import { foldersOf } from '../safety/extracted-path.js';
import type { WantedEntries } from './archive-part.js';

/** What 7-Zip is told to write out, and what comes then. */
export interface Selection {
  readonly expected: readonly ExpectedContent[];
  /** Paths to select by, one character a byte, each with all below it; absent: everything. */
  readonly only?: readonly string[];
  readonly leftOut: readonly string[];
}

/**
 * Selects by names, which is all that 7-Zip can: several entries of one name come out together, and a name with a line
 * feed is not found, for its list shows another character. So links alone are no reason to select. What a RAR 5 holds as a
 * link has no content, and a hard link among it ends 7-Zip with an error where it writes to a pipe.
 */
export function selectEntries(
  type: ContainerType,
  { entries, complete, has }: WantedEntries,
): Selection {
  const isLeftOut = (entry: ListedEntry) => type === 'rar5' && isLink(entry);
  const leftOut = [...entries.values()].filter(isLeftOut).map(({ rawPath }) => rawPath);
  const all = [...entries]
    .map(([index, entry]) => ({ index, entry }))
    .filter(({ entry }) => entry.kind !== 'directory' && !isLeftOut(entry));
  const wanted = all.filter(({ index }) => has(index));
  if (wanted.length === 0) return { expected: [], leftOut };
  const others = all.filter(({ index }) => !has(index));
  if (complete && others.every(({ entry }) => isCheap(entry))) return { expected: all, leftOut };
  const only = wanted.map(({ entry }) => entry.rawPath);
  const isSelected = createSelected(only);
  return { expected: all.filter(({ entry }) => isSelected(entry.rawPath)), only, leftOut };
}

/** Bytes of a path, of which a link that is no link may have more. */
const longestTarget = 4_096;

/** True of what is read and dropped as easily as it is left out. */
const isCheap = ({ symlink, size = Number.POSITIVE_INFINITY, encrypted }: ListedEntry): boolean =>
  symlink === true && size <= longestTarget && !encrypted;

const isLink = ({ symlink, hardLinkTo }: ListedEntry): boolean =>
  symlink === true || hardLinkTo !== undefined;

/** 7-Zip compares the parts of paths as they stand: `./a` is not `a`, and `d` has `d//a` below it. */
function createSelected(only: readonly string[]): (rawPath: string) => boolean {
  const selected = new Set(only);
  return (rawPath) => {
    if (selected.has(rawPath)) return true;
    for (const folder of foldersOf(rawPath)) if (selected.has(folder)) return true;
    return false;
  };
}
