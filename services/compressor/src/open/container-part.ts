import { stat } from 'node:fs/promises';
import type { ContainerType } from '../engines/seven-zip/container.js';
import { listArchive, type TakeEntries } from '../engines/seven-zip/list-archive.js';
import { timeLimits } from '../engines/seven-zip/time-limits.js';
import type { RunningJob } from '../job/running-job.js';
import { TaskFailure } from '../job/task-failure.js';
import { mostListed, mostReadingMemory } from '../safety/extraction-limits.js';
import type { ArchivePart } from './archive-part.js';
import { orReadFailure } from './read-failure.js';
import { sevenZipPart } from './seven-zip-part.js';
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
  const wanted = Math.min(128 * mebibyte + 4 * size, mostReadingMemory);
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
  const secondReader = container.type === 'tar' ? { secondReader: container.location } : {};
  return {
    ...streamPart(running, { location: container.location, reader }, folder),
    ...secondReader,
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
    if (count > mostListed) throw new TaskFailure('archive-too-large');
    return take(entries);
  };
  const list = () => listArchive(sevenZip, container.location, options, takeSome);
  await memory.hold(limits.memoryBytes, signal, list).catch(orReadFailure(password));
}
