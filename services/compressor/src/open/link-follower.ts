import type { ListedEntry } from '../engines/entry.js';

/** Follows the hard links of a list: one to no file before it is a link that leads nowhere. */
export function createLinkFollower(): (entry: ListedEntry) => ListedEntry {
  const files = new Set<string>();
  return (entry) => {
    const leadsNowhere = entry.hardLinkTo !== undefined && !files.has(entry.hardLinkTo);
    if (leadsNowhere) return { ...entry, kind: 'link' };
    if (entry.kind === 'file') files.add(entry.rawPath);
    return entry;
  };
}
