import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { zstdWindow } from '../detect/zstd-window.js';
import type { EntryTime, ListedEntry } from '../engines/entry.js';
import type { ContainerType } from '../engines/seven-zip/container.js';
import { readingMemory } from '../engines/seven-zip/memory-need.js';
import { unwrap } from '../engines/seven-zip/unwrap.js';
import type { OnProgress } from '../job/progress.js';
import type { RunningJob } from '../job/running-job.js';
import { TaskFailure } from '../job/task-failure.js';
import { allowedBytes } from '../safety/extraction-limits.js';
import { placePath } from '../safety/placed-path.js';
import { createVerdict } from '../safety/verdict.js';
import { type ContainerFile, listContainer } from './container-part.js';
import { orReadFailure } from './read-failure.js';

const wrappers: readonly ContainerType[] = ['gzip', 'bzip2', 'xz', 'zstd', 'lzma', 'rpm'];

/** True for containers with a single file. */
export const isWrapper = (type: ContainerType): boolean => wrappers.includes(type);

export interface Unwrapped {
  /** A new file in the job's directory. */
  readonly file: string;
  /** Undefined if the container does not store it. */
  readonly modified: EntryTime | undefined;
}

/**
 * Decompresses the file of a single-file container within the limits of the original archive, because the declared
 * size is often missing or wrong. Throws a TaskFailure if it cannot be read or is too large.
 */
export async function unwrapFile(
  running: RunningJob,
  wrapper: ContainerFile,
  report: OnProgress,
): Promise<Unwrapped> {
  const { type, location, archiveBytes } = wrapper;
  const { modified, dictionaryBytes } = await declaredFile(running, wrapper);
  const { memory, sevenZip, signal, threads, directory, password } = running;
  const memoryBytes = readingMemory(dictionaryBytes, threads);
  const file = join(directory, `unwrapped-${randomUUID()}`);
  const options = {
    type,
    threads,
    signal,
    memoryBytes,
    mostBytes: allowedBytes(archiveBytes),
    onPercent: (percent: number) => report(percent / 100),
  };
  const work = () => unwrap(sevenZip, { archive: location, file }, options);
  await memory.hold(memoryBytes, signal, work).catch(orReadFailure(password));
  return { file, modified };
}

/** The entry that the container declares, checked as far as it can be trusted. */
async function declaredFile(running: RunningJob, wrapper: ContainerFile): Promise<ListedEntry> {
  const { type, location, archiveBytes } = wrapper;
  const listed: ListedEntry[] = [];
  await listContainer(running, wrapper, (entries) => {
    listed.push(...entries.slice(0, 1));
  });
  const [only] = listed;
  if (!only) throw new TaskFailure('archive-corrupt', { detail: 'The archive is empty.' });
  const window = type === 'zstd' ? await zstdWindow(location) : 0;
  const declared = { ...only, dictionaryBytes: only.dictionaryBytes + window };
  // gzip stores the size modulo 2^32 in its last bytes, which are arbitrary in a damaged file.
  const size = type === 'gzip' ? undefined : only.size;
  const verdict = createVerdict(archiveBytes);
  const placed = placePath('', { backslashes: false });
  verdict.add({ ...declared, placed, kind: 'file', size });
  if (verdict.failure) throw verdict.failure;
  return declared;
}
