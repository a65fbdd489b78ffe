import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ListedEntry } from '../engines/entry.js';
import type { ContainerType } from '../engines/seven-zip/container.js';
import { entryMemory, readingMemory } from '../engines/seven-zip/memory-need.js';
import { writeNameList } from '../engines/seven-zip/name-list.js';
import {
  type EntryContent,
  type ExpectedContent,
  readContents,
} from '../engines/seven-zip/read-contents.js';
import { unsupportedMethod } from '../engines/seven-zip/unsupported-method.js';
import type { OnProgress } from '../job/progress.js';
import type { RunningJob } from '../job/running-job.js';
import {
  type ArchivePart,
  behindEntryNote,
  type NameKind,
  type WantedEntries,
} from './archive-part.js';
import { createLinkFollower } from './link-follower.js';
import { type ContainerFile, listContainer } from './list-container.js';
import { readFailure, translated } from './read-failure.js';
import { selectEntries } from './select-entries.js';

/** What is known of the names of a format. 7z, RAR 5 and UDF store Unicode. */
const nameKinds: Partial<Record<ContainerType, NameKind>> = {
  zip: 'zip',
  lzh: 'lzh',
  '7z': 'unicode',
  rar5: 'unicode',
  udf: 'unicode',
};

/** What libarchive lists without reading the contents. */
const alsoRead: ReadonlySet<ContainerType> = new Set(['zip', '7z', 'cab', 'rar', 'rar5', 'lzh']);

/** A part that 7-Zip lists and reads. */
export function sevenZipPart(
  running: RunningJob,
  container: ContainerFile,
  folder: string,
): ArchivePart {
  const held = { bytes: 0, dictionary: 0, trailing: false };
  return {
    folder,
    names: nameKinds[container.type] ?? 'other',
    // libarchive reads no archive in several volumes.
    ...(alsoRead.has(container.type) && container.volumes === undefined
      ? { secondReader: container.location }
      : {}),
    list: (take) => {
      held.bytes = 0;
      const follow = container.type === 'rar5' ? createLinkFollower() : undefined;
      return listContainer(running, container, (listed) => {
        const known = listed.map((entry) => judged(container.type, entry));
        const entries = follow ? known.map(follow) : known;
        for (const entry of entries) {
          held.bytes += entryMemory(entry);
          held.dictionary = Math.max(held.dictionary, entry.dictionaryBytes);
        }
        return take(entries);
      });
    },
    notes: () => (held.trailing ? [behindEntryNote] : []),
    read: (wanted, report) => readPart(running, container, { wanted, held, report }),
  };
}

/** The entry, with the method that it cannot be unpacked by. */
function judged(type: ContainerType, entry: ListedEntry): ListedEntry {
  const method = unsupportedMethod(type, entry.method ?? '');
  return method === undefined || entry.kind === 'directory'
    ? entry
    : { ...entry, unsupportedMethod: method };
}

/** What 7-Zip holds while it reads: every entry, and the largest dictionary, in bytes. */
interface Held {
  readonly bytes: number;
  readonly dictionary: number;
  /** Bytes follow the data of an entry. */
  trailing: boolean;
}

async function* readPart(
  running: RunningJob,
  { location, type, volumes }: ContainerFile,
  { wanted, held, report }: { wanted: WantedEntries; held: Held; report: OnProgress },
): AsyncGenerator<EntryContent> {
  const { expected, only, leftOut } = selectEntries(type, wanted);
  if (expected.length === 0) return;
  const { memory, sevenZip, signal, threads, password } = running;
  const memoryBytes = readingMemory(held.dictionary, threads) + held.bytes;
  const lists = await writeLists(running, { only, leftOut });
  const onTrailing = () => {
    held.trailing = true;
  };
  const options = { type, threads, signal, memoryBytes, password, lists, volumes, onTrailing };
  const release = await memory.take(memoryBytes, signal);
  try {
    for await (const content of readContents(sevenZip, location, expected, options)) {
      if (wanted.has(content.index)) yield translated(content, password);
      else await drain(content);
      report(done(content, expected));
    }
  } catch (error) {
    throw readFailure(error, password);
  } finally {
    release();
    for (const list of Object.values(lists)) await rm(list, { force: true });
  }
}

const done = ({ index }: EntryContent, expected: readonly ExpectedContent[]): number =>
  (index + 1) / ((expected.at(-1)?.index ?? 0) + 1);

async function drain({ bytes }: EntryContent): Promise<void> {
  for await (const _ of bytes());
}

/** Writes paths to list files, so that they are never arguments. */
async function writeLists(
  { directory }: RunningJob,
  { only, leftOut }: { only?: readonly string[] | undefined; leftOut: readonly string[] },
): Promise<{ only?: string; leftOut?: string }> {
  const listFile = async (paths: readonly string[]) => {
    const file = join(directory, `names-${randomUUID()}`);
    await writeNameList(file, paths);
    return file;
  };
  return {
    ...(only ? { only: await listFile(only) } : {}),
    ...(leftOut.length > 0 ? { leftOut: await listFile(leftOut) } : {}),
  };
}
