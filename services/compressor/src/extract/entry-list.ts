import type { ListedEntry } from '../engines/entry.js';
import type { ArchivePart } from '../open/archive-part.js';
import { extractedPath } from '../safety/extracted-path.js';

/** The list of a part, for more than one pass over it. */
export interface EntryList {
  readonly part: ArchivePart;
  /** The whole list by places; undefined of a list that is too long to be kept. */
  readonly kept: ReadonlyMap<number, ListedEntry> | undefined;
  /** Calls with each entry and its place, in order. A list that is not kept is read again. */
  each(take: (entry: ListedEntry, index: number) => void | Promise<void>): Promise<void>;
  /** True of an entry of a tar whose path a later entry has: the later stands for both, as in every reader. */
  isSuperseded(index: number): boolean;
}

/** Lists a part, and keeps up to `mostKept` entries. `onEntry` receives each of the first pass. */
export async function listEntries(
  part: ArchivePart,
  mostKept: number,
  onEntry: (entry: ListedEntry) => void,
): Promise<EntryList> {
  const kept = new Map<number, ListedEntry>();
  let count = 0;
  await part.list((entries) => {
    for (const entry of entries) {
      if (count <= mostKept) kept.set(count, entry);
      count += 1;
      onEntry(entry);
    }
  });
  const isComplete = count === kept.size;
  if (!isComplete) kept.clear();
  const superseded = part.names === 'tar' ? supersededOf(kept) : new Set<number>();
  return {
    part,
    kept: isComplete ? kept : undefined,
    isSuperseded: (index) => superseded.has(index),
    each: (take) => (isComplete ? eachKept(kept, take) : eachListed(part, take)),
  };
}

type Take = Parameters<EntryList['each']>[0];

async function eachKept(kept: ReadonlyMap<number, ListedEntry>, take: Take): Promise<void> {
  for (const [index, entry] of kept) await take(entry, index);
}

async function eachListed(part: ArchivePart, take: Take): Promise<void> {
  let index = 0;
  await part.list(async (entries) => {
    for (const entry of entries) {
      const taken = take(entry, index);
      if (taken) await taken;
      index += 1;
    }
  });
}

/** The places of all but the last of each path; directories and what is none go apart. */
function supersededOf(entries: ReadonlyMap<number, ListedEntry>): Set<number> {
  const superseded = new Set<number>();
  const last = new Map<string, number>();
  for (const [index, { rawPath, kind }] of entries) {
    const path = `${kind === 'directory' ? '/' : ''}${extractedPath(rawPath)}`;
    const before = last.get(path);
    if (before !== undefined) superseded.add(before);
    last.set(path, index);
  }
  return superseded;
}
