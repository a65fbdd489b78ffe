import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { zstdWindow } from '../detect/zstd-window.js';
import { unwrapRaw } from '../engines/bsdtar/rewrite-as-tar.js';
import type { EntryTime, ListedEntry } from '../engines/entry.js';
import type { ContentType } from '../engines/seven-zip/container.js';
import { readingMemory } from '../engines/seven-zip/memory-need.js';
import { unwrap } from '../engines/seven-zip/unwrap.js';
import { allowedBytes } from '../job/extraction-limits.js';
import type { OnProgress } from '../job/progress.js';
import type { RunningJob } from '../job/running-job.js';
import { TaskFailure } from '../job/task-failure.js';
import { placePath } from '../safety/placed-path.js';
import { createVerdict } from '../safety/verdict.js';
import type { ArchiveNote } from './archive-part.js';
import { type ContainerFile, listContainer } from './list-container.js';
import { libarchiveMemory, needBsdtar } from './open-by-libarchive.js';
import { orReadFailure } from './read-failure.js';
import { trailingNotes } from './trailing-data.js';

const wrappers = ['gzip', 'bzip2', 'xz', 'zstd', 'lzma', 'Z', 'rpm', 'lz4', 'lzip'] as const;
type WrapperType = (typeof wrappers)[number];

/** A container with a single file. */
export interface WrapperFile extends Pick<ContainerFile, 'location' | 'archiveBytes'> {
  readonly type: WrapperType;
}

/** True for containers with a single file. */
export const isWrapper = (type: ContentType): type is WrapperType =>
  wrappers.some((one) => one === type);

export interface Unwrapped {
  /** A new file in the job's directory. */
  readonly file: string;
  /** Undefined if the container does not store it. */
  readonly modified: EntryTime | undefined;
  /** What follows the container in its file. */
  readonly notes: readonly ArchiveNote[];
}

/**
 * Decompresses the file of a single-file container within the limits of the original archive, because the declared
 * size is often missing or wrong. Throws a TaskFailure if it cannot be read or is too large.
 */
export async function unwrapFile(
  running: RunningJob,
  wrapper: WrapperFile,
  report: OnProgress,
): Promise<Unwrapped> {
  if (isLibarchive(wrapper.type)) return unwrapByLibarchive(running, wrapper);
  return unwrapBySevenZip(running, { ...wrapper, type: wrapper.type }, report);
}

const isLibarchive = (type: WrapperType): type is 'lz4' | 'lzip' =>
  type === 'lz4' || type === 'lzip';

async function unwrapByLibarchive(
  running: RunningJob,
  { type, location, archiveBytes }: WrapperFile,
): Promise<Unwrapped> {
  const bsdtar = needBsdtar(running, type === 'lz4' ? 'lz4' : 'lz');
  const { memory, signal, directory } = running;
  const file = join(directory, `unwrapped-${randomUUID()}`);
  const options = {
    signal,
    archiveBytes,
    memoryBytes: libarchiveMemory,
    mostBytes: allowedBytes(running.limits, archiveBytes),
  };
  const work = () => unwrapRaw(bsdtar, { archive: location, file }, options);
  await memory.hold(libarchiveMemory, signal, work).catch(orReadFailure(undefined));
  return { file, modified: undefined, notes: [] };
}

async function unwrapBySevenZip(
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
    mostBytes: allowedBytes(running.limits, archiveBytes),
    onPercent: (percent: number) => report(percent / 100),
  };
  const work = () => unwrap(sevenZip, { archive: location, file }, options);
  const { more } = await memory.hold(memoryBytes, signal, work).catch(orReadFailure(password));
  return { file, modified, notes: more ? await trailingNotes(location) : [] };
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
  const verdict = createVerdict(archiveBytes, running.limits);
  const placed = placePath('', { backslashes: false });
  verdict.add({ ...declared, placed, kind: 'file', size });
  if (verdict.failure) throw verdict.failure;
  return declared;
}
