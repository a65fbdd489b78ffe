import type { RequestedEncoding } from '@comprimemelo/contracts/name-encodings';
import type { ListedEntry } from '../engines/entry.js';
import type { OpenArchive } from '../open/archive-part.js';
import { type PlacedPath, placePath } from '../safety/placed-path.js';
import { type EntryList, listEntries } from './entry-list.js';
import { createNames, type NameChoice } from './name-choice.js';
import { createTakenPaths, type TakerKind } from './taken-paths.js';

/** An entry and where it goes. */
export interface Placed {
  readonly list: EntryList;
  /** The entry's place in the list. */
  readonly index: number;
  readonly listed: ListedEntry;
  readonly placed: PlacedPath;
  /** The path that it gets: of its own, where another entry has the same. */
  readonly path: string;
  /** Of a name that is not UTF-8: its bytes in base64. */
  readonly rawPath?: string;
}

/** An archive whose entries have been given their paths. */
export interface PlacedArchive {
  readonly lists: readonly EntryList[];
  readonly names: NameChoice;
  /** Calls with each entry that is there, in order: not with one that a later one stands for. */
  each(take: (entry: Placed) => void | Promise<void>): Promise<void>;
}

export interface PlaceOptions {
  /** Of names that are not UTF-8; undefined to detect it. */
  encoding: RequestedEncoding | undefined;
  /** Entries that are kept in memory: as many as may be extracted. */
  mostKept: number;
}

const takerOf = ({ kind }: ListedEntry): TakerKind =>
  kind === 'file' || kind === 'directory' ? kind : 'other';

/** A file without a name, as streams and damaged archives have it, gets one. */
const named = (placed: PlacedPath, { kind }: ListedEntry): PlacedPath =>
  placed.path === '' && kind !== 'directory' ? { ...placed, path: 'unnamed' } : placed;

/**
 * Lists an archive and gives each entry a path: in letters, relative, and of its own. Inspecting, decompressing and
 * converting see the same entries under the same paths.
 */
export async function placeEntries(
  { parts, format }: OpenArchive,
  { encoding, mostKept }: PlaceOptions,
): Promise<PlacedArchive> {
  const names = createNames(format, encoding);
  const lists: EntryList[] = [];
  for (const part of parts) lists.push(await listEntries(part, mostKept, names.collect));
  const choice = await names.choose();
  const place = (list: EntryList, listed: ListedEntry, text: string): PlacedPath => {
    const backslashes = format === 'zip' && listed.host?.toUpperCase() === 'FAT';
    const { folder } = list.part;
    const placed = named(placePath(text, { backslashes }), listed);
    return { ...placed, path: [folder, placed.path].filter(Boolean).join('/') };
  };
  return {
    lists,
    names: choice,
    async each(take) {
      const taken = createTakenPaths(2 * mostKept);
      for (const list of lists) {
        await list.each((listed, index) => {
          if (list.isSuperseded(index)) return;
          const { path: text, rawPath } = choice.read(listed.rawPath, listed.markedUtf8 ?? false);
          const placed = place(list, listed, text);
          const path = placed.path === '' ? '' : taken.take(placed.path, takerOf(listed));
          return take({ list, index, listed, placed, path, ...(rawPath ? { rawPath } : {}) });
        });
      }
    },
  };
}
