import { mkdtemp, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ByteSource } from '../engines/byte-source.js';
import { readCpio } from '../engines/cpio/read-cpio.js';
import { ArchiveFormatError, type EngineEntry, type OpenEntry } from '../engines/entry.js';
import type { ContainerType } from '../engines/seven-zip/container.js';
import type { TakeEntries } from '../engines/seven-zip/list-archive.js';
import { type ListedEntry, textOf } from '../engines/seven-zip/listing.js';
import { readTar } from '../engines/tar/read-tar.js';
import type { RunningJob } from '../job/running-job.js';
import { TaskFailure } from '../job/task-failure.js';
import { extractedPath } from '../safety/extracted-path.js';
import { extractionLimits } from '../safety/extraction-limits.js';
import type { ArchivePart } from './archive-part.js';
import { extractStream } from './extract-stream.js';
import { findLinkedPaths, findLinkTargets, type LinkTargets } from './link-targets.js';

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
  const targets = async () => {
    links ??= await linkTargets(file, running.signal);
    return links;
  };
  return {
    folder,
    list: async (take) => {
      const known = await targets();
      await eachEntry(file, running.signal, (entries) => listEntries(entries, known, take));
    },
    extractTo: async (target, wanted, report) => {
      const aside = await mkdtemp(join(running.directory, 'aside-'));
      const options = { target, aside, wanted, links: await targets(), report };
      await eachEntry(file, running.signal, (entries, source) =>
        extractStream(entries, { ...options, source, signal: running.signal }),
      );
      await rm(aside, { recursive: true });
    },
  };
}

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
    throw error instanceof ArchiveFormatError ? corrupt(error) : error;
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

const corrupt = (error: ArchiveFormatError): TaskFailure =>
  new TaskFailure('archive-corrupt', {
    detail: error.message,
    cause: error,
    ...(error.rawPath === undefined ? {} : { entry: textOf(error.rawPath) }),
  });

async function listEntries(
  entries: AsyncGenerator<OpenEntry>,
  links: LinkTargets,
  take: TakeEntries,
): Promise<void> {
  let count = 0;
  let listed: ListedEntry[] = [];
  for await (const { entry } of entries) {
    count += 1;
    if (count > extractionLimits.listed) throw new TaskFailure('archive-too-large');
    listed.push(listedEntry(entry, links));
    if (listed.length < batch) continue;
    await take(listed);
    listed = [];
  }
  await take(listed);
}

/** A hard link is listed as the file that it is: by another name, with the same bytes. */
function listedEntry(entry: EngineEntry, links: LinkTargets): ListedEntry {
  const rawPath = entry.rawPath.replace(/\/+$/, '');
  const target = entry.type === 'hardlink' ? links.get(extractedPath(entry.target ?? '')) : entry;
  return {
    rawPath,
    path: textOf(rawPath),
    kind: kindOf(entry, target !== undefined),
    size: target?.size ?? 0,
    packedSize: entry.packedSize,
    modified: timeText(entry),
    encrypted: false,
    dictionaryBytes: 0,
  };
}

function kindOf({ type }: EngineEntry, hasTarget: boolean): ListedEntry['kind'] {
  if (type === 'symlink') return 'link';
  if (type === 'hardlink') return hasTarget ? 'file' : 'link';
  return type;
}

/** RFC 3339; undefined of a time that it cannot express. */
function timeText({ modified }: EngineEntry): string | undefined {
  if (modified === undefined) return undefined;
  const time = new Date(modified.seconds * 1_000 + Math.floor(modified.nanoseconds / 1e6));
  const year = time.getUTCFullYear();
  return year >= 0 && year <= 9_999 ? time.toISOString() : undefined;
}
