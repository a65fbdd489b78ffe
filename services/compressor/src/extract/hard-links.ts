import { extractedPath } from '../safety/extracted-path.js';
import type { EntryList } from './entry-list.js';
import type { Placed } from './place-entries.js';

/** Where the hard links of a part lead, by places in its list. */
export interface HardLinks {
  /** The entry that has the content of a link. */
  readonly contentOf: ReadonlyMap<number, number>;
  /** Entries whose content a wanted link needs, wanted themselves or not. */
  readonly contents: ReadonlySet<number>;
}

/**
 * Follows each link to the last entry before it that has its target's path, through other links too. A link that comes
 * before what it leads to leads nowhere, as in every reader.
 */
export function findHardLinks(list: EntryList, wanted: readonly Placed[]): HardLinks {
  const contentOf = new Map<number, number>();
  const contents = new Set<number>();
  if (!wanted.some(({ listed }) => listed.hardLinkTo !== undefined)) return { contentOf, contents };
  const isWanted = new Set(wanted.map(({ index }) => index));
  const entries = list.kept ?? new Map(wanted.map(({ index, listed }) => [index, listed]));
  const latest = new Map<string, number>();
  for (const [index, { rawPath, kind, hardLinkTo }] of entries) {
    const target = hardLinkTo === undefined ? index : latest.get(extractedPath(hardLinkTo));
    if (target === undefined || kind === 'directory') continue;
    latest.set(extractedPath(rawPath), target);
    if (target === index) continue;
    contentOf.set(index, target);
    if (isWanted.has(index)) contents.add(target);
  }
  return { contentOf, contents };
}
