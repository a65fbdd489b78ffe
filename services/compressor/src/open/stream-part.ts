import { open } from 'node:fs/promises';
import { ByteSource } from '../engines/byte-source.js';
import { readCpio } from '../engines/cpio/read-cpio.js';
import type { EngineEntry, ListedEntry, OpenEntry } from '../engines/entry.js';
import type { ContainerType } from '../engines/seven-zip/container.js';
import type { TakeEntries } from '../engines/seven-zip/list-archive.js';
import type { EntryContent } from '../engines/seven-zip/read-contents.js';
import { readTar } from '../engines/tar/read-tar.js';
import { mostListed } from '../job/extraction-limits.js';
import type { OnProgress } from '../job/progress.js';
import type { RunningJob } from '../job/running-job.js';
import { TaskFailure } from '../job/task-failure.js';
import { extractedPath } from '../safety/extracted-path.js';
import {
  type ArchiveNote,
  type ArchivePart,
  behindNote,
  type WantedEntries,
} from './archive-part.js';
import { findLinkedPaths, findLinkTargets, type LinkTargets } from './link-targets.js';
import { readFailure, translated } from './read-failure.js';

/** Reads the entries of an archive in their order. */
export type EntryReader = (source: ByteSource) => AsyncGenerator<OpenEntry>;

/** The formats that this process reads by itself: their entries lie one behind the other, nothing is packed. */
const readers: Partial<Record<ContainerType, EntryReader>> = { tar: readTar, cpio: readCpio };

/** Entries that are handed on together. */
const batch = 256;

export interface StreamFile {
  readonly location: string;
  readonly reader: EntryReader;
}

/** How to read an archive of that type in this process; undefined where another program does. */
export const readerOf = (type: ContainerType): EntryReader | undefined => readers[type];

/** A part that is read in this process, from a file. */
export function streamPart(running: RunningJob, file: StreamFile, folder = ''): ArchivePart {
  let links: LinkTargets | undefined;
  let notes: readonly ArchiveNote[] = [];
  const targets = async () => {
    links ??= await linkTargets(file, running.signal);
    return links;
  };
  return {
    folder,
    names: 'tar',
    list: async (take) => {
      const known = await targets();
      await eachEntry(file, running.signal, async (entries, source) => {
        await listEntries(entries, known, take);
        notes = (await holdsMore(source)) ? [behindNote] : [];
      });
    },
    notes: () => notes,
    read: (wanted, report) => readStream(file, running.signal, { wanted, report }),
  };
}

async function* readStream(
  { location, reader }: StreamFile,
  signal: AbortSignal,
  { wanted, report }: { wanted: WantedEntries; report: OnProgress },
): AsyncGenerator<EntryContent> {
  const handle = await open(location);
  try {
    const source = new ByteSource(handle, (await handle.stat()).size);
    let index = 0;
    for await (const { content } of stopping(reader(source), signal)) {
      if (wanted.has(index)) yield translated({ index, bytes: content });
      index += 1;
      report(source.position / Math.max(source.size, 1));
    }
  } catch (error) {
    throw readFailure(error);
  } finally {
    await handle.close();
  }
}

/** Bytes behind the end that tell padding from anything else. */
const lookedAt = 256 * 1024;

/** True where something else than zeros comes next. */
const holdsMore = async (source: ByteSource): Promise<boolean> =>
  (await source.peek(lookedAt)).some((byte) => byte !== 0);

async function linkTargets(file: StreamFile, signal: AbortSignal): Promise<LinkTargets> {
  const paths = await eachEntry(file, signal, findLinkedPaths);
  if (paths.size === 0) return new Map();
  return eachEntry(file, signal, (entries) => findLinkTargets(entries, paths));
}

/** Opens the file, works with its entries, and says what is wrong with it in words for its owner. */
async function eachEntry<T>(
  { location, reader }: StreamFile,
  signal: AbortSignal,
  work: (entries: AsyncGenerator<OpenEntry>, source: ByteSource) => Promise<T>,
): Promise<T> {
  const handle = await open(location);
  try {
    const source = new ByteSource(handle, (await handle.stat()).size);
    return await work(stopping(reader(source), signal), source);
  } catch (error) {
    throw readFailure(error);
  } finally {
    await handle.close();
  }
}

async function* stopping(
  entries: AsyncGenerator<OpenEntry>,
  signal: AbortSignal,
): AsyncGenerator<OpenEntry> {
  for await (const entry of entries) {
    signal.throwIfAborted();
    yield entry;
  }
}

async function listEntries(
  entries: AsyncGenerator<OpenEntry>,
  links: LinkTargets,
  take: TakeEntries,
): Promise<void> {
  let count = 0;
  let listed: ListedEntry[] = [];
  for await (const { entry } of entries) {
    count += 1;
    if (count > mostListed) throw new TaskFailure('archive-too-large');
    listed.push(listedEntry(entry, links));
    if (listed.length < batch) continue;
    await take(listed);
    listed = [];
  }
  await take(listed);
}

/** A hard link is listed as the file that it is: by another name, with the same bytes. */
function listedEntry(entry: EngineEntry, links: LinkTargets): ListedEntry {
  const { rawPath, type, packedSize, mode, modified, target = '', extended } = entry;
  const linked = type === 'hardlink' ? links.get(extractedPath(target)) : entry;
  return {
    rawPath: rawPath.replace(/\/+$/, ''),
    kind: kindOf(entry, linked !== undefined),
    size: linked?.size ?? 0,
    packedSize,
    modified,
    mode,
    encrypted: false,
    dictionaryBytes: 0,
    ...(type === 'symlink' ? { symlink: true, linkTarget: target } : {}),
    ...(type === 'hardlink' ? { hardLinkTo: target } : {}),
    ...(extended ? { extended } : {}),
  };
}

function kindOf({ type }: EngineEntry, hasTarget: boolean): ListedEntry['kind'] {
  if (type === 'symlink') return 'link';
  if (type === 'hardlink') return hasTarget ? 'file' : 'link';
  return type;
}
