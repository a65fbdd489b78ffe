import { randomUUID } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContainerType } from '../engines/seven-zip/container.js';
import { listArchive, type TakeEntries } from '../engines/seven-zip/list-archive.js';
import { entryMemory, readingMemory } from '../engines/seven-zip/memory-need.js';
import { writeNameList } from '../engines/seven-zip/name-list.js';
import { timeLimits } from '../engines/seven-zip/time-limits.js';
import { extract } from '../engines/seven-zip/unpack.js';
import type { OnProgress } from '../job/progress.js';
import type { RunningJob } from '../job/running-job.js';
import { TaskFailure } from '../job/task-failure.js';
import { allowedBytes, extractionLimits } from '../safety/extraction-limits.js';
import type { ArchivePart, Wanted } from './archive-part.js';
import { orReadFailure } from './read-failure.js';
import { readerOf, streamPart } from './stream-part.js';

/** A file that 7-Zip lists. */
export interface ContainerFile {
  readonly location: string;
  readonly type: ContainerType;
  /** Size in bytes of the original archive, from which the container may have been extracted. */
  readonly archiveBytes: number;
}

const mebibyte = 1024 * 1024;

/** 7-Zip keeps every entry in memory while it lists: about 500 bytes each. A tar entry is 512 bytes itself. */
async function listingLimits({ location }: ContainerFile, { memory }: RunningJob) {
  const { size } = await stat(location);
  const wanted = Math.min(128 * mebibyte + 4 * size, extractionLimits.memoryBytes);
  return { memoryBytes: Math.min(wanted, memory.bytes), ...timeLimits(size) };
}

/** A part of that type, by the engine that reads it. */
export function containerPart(
  running: RunningJob,
  container: ContainerFile,
  folder = '',
): ArchivePart {
  const reader = readerOf(container.type);
  if (reader === undefined) return sevenZipPart(running, container, folder);
  return streamPart(running, { location: container.location, reader }, folder);
}

function sevenZipPart(running: RunningJob, container: ContainerFile, folder: string): ArchivePart {
  let entryBytes = 0;
  return {
    folder,
    list: (take) =>
      listContainer(running, container, (entries) => {
        for (const entry of entries) entryBytes += entryMemory(entry);
        return take(entries);
      }),
    extractTo: (target, wanted, report) =>
      extractContainer(running, container, { target, wanted, entryBytes, report }),
  };
}

/** Lists a container within the limits of reading. */
export async function listContainer(
  running: RunningJob,
  container: ContainerFile,
  take: TakeEntries,
): Promise<void> {
  const { memory, sevenZip, signal, password } = running;
  const limits = await listingLimits(container, running);
  const options = { type: container.type, signal, limits, password };
  let count = 0;
  const takeSome: TakeEntries = (entries) => {
    count += entries.length;
    if (count > extractionLimits.listed) throw new TaskFailure('archive-too-large');
    return take(entries);
  };
  const list = () => listArchive(sevenZip, container.location, options, takeSome);
  await memory.hold(limits.memoryBytes, signal, list).catch(orReadFailure(password));
}

interface Extraction {
  target: string;
  wanted: Wanted;
  /** What 7-Zip takes to hold the entries. */
  entryBytes: number;
  report: OnProgress;
}

async function extractContainer(
  running: RunningJob,
  { location, type, archiveBytes }: ContainerFile,
  { target, wanted, entryBytes, report }: Extraction,
): Promise<void> {
  const { memory, sevenZip, signal, threads, password } = running;
  const memoryBytes = readingMemory(wanted.dictionaryBytes, threads) + entryBytes;
  const lists = await writeLists(running, wanted);
  const options = {
    type,
    threads,
    signal,
    memoryBytes,
    password,
    lists,
    mostBytes: allowedBytes(archiveBytes),
    // Directories that exist only in paths do not count as entries, but are created too.
    mostFiles: 2 * extractionLimits.entries,
    onPercent: (percent: number) => report(percent / 100),
  };
  const work = () => extract(sevenZip, { archive: location, folder: target }, options);
  try {
    await memory.hold(memoryBytes, signal, work).catch(orReadFailure(password));
  } finally {
    for (const list of Object.values(lists)) await rm(list, { force: true });
  }
}

/** Writes paths to list files, so that they are never arguments. */
async function writeLists(
  { directory }: RunningJob,
  { only, leftOut }: Wanted,
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
