import { stat } from 'node:fs/promises';
import type { ContainerType } from '../engines/seven-zip/container.js';
import { listArchive, type TakeEntries } from '../engines/seven-zip/list-archive.js';
import { openOnly } from '../engines/seven-zip/test-archive.js';
import { timeLimits } from '../engines/seven-zip/time-limits.js';
import { mostListed, mostReadingMemory } from '../job/extraction-limits.js';
import type { RunningJob } from '../job/running-job.js';
import { TaskFailure } from '../job/task-failure.js';
import { orReadFailure } from './read-failure.js';

/** A file that 7-Zip lists. */
export interface ContainerFile {
  readonly location: string;
  readonly type: ContainerType;
  /** Size in bytes of the original archive, from which the container may have been extracted. */
  readonly archiveBytes: number;
  /** The folder of an archive in several volumes; `location` is the one that opens it. */
  readonly volumes?: string | undefined;
}

const mebibyte = 1024 * 1024;

/** 7-Zip keeps every entry in memory while it lists: about 500 bytes each. A tar entry is 512 bytes itself. */
async function listingLimits(container: ContainerFile, { memory }: RunningJob) {
  const { location, archiveBytes, volumes } = container;
  const size = volumes === undefined ? (await stat(location)).size : archiveBytes;
  const wanted = Math.min(128 * mebibyte + 4 * size, mostReadingMemory);
  return { memoryBytes: Math.min(wanted, memory.bytes), ...timeLimits(size) };
}

/** Lists a container within the limits of reading. */
export async function listContainer(
  running: RunningJob,
  container: ContainerFile,
  take: TakeEntries,
): Promise<void> {
  const { memory, sevenZip, signal, password } = running;
  const limits = await listingLimits(container, running);
  const { type, volumes } = container;
  const options = { type, signal, limits, password, volumes };
  let count = 0;
  const takeSome: TakeEntries = (entries) => {
    count += entries.length;
    if (count > mostListed) throw new TaskFailure('archive-too-large');
    return take(entries);
  };
  const list = () => listArchive(sevenZip, container.location, options, takeSome);
  await memory.hold(limits.memoryBytes, signal, list).catch(orReadFailure(password));
}

/** Has 7-Zip say what is wrong with a container that it lists with an error. Throws that as a TaskFailure. */
export async function openContainer(running: RunningJob, container: ContainerFile): Promise<void> {
  const { memory, sevenZip, signal, password } = running;
  const limits = await listingLimits(container, running);
  const { type, volumes, location } = container;
  const open = () => openOnly(sevenZip, location, { type, signal, limits, password, volumes });
  await memory.hold(limits.memoryBytes, signal, open).catch(orReadFailure(password));
}
