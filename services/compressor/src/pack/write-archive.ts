import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { formats, type WrittenFormat } from '@comprimemelo/contracts/formats';
import type { Level } from '@comprimemelo/contracts/states';
import { containers } from '../engines/seven-zip/container.js';
import { packingMemory } from '../engines/seven-zip/memory-need.js';
import { type Packed, pack, packTar } from '../engines/seven-zip/pack.js';
import { timeLimits } from '../engines/seven-zip/time-limits.js';
import { writeTar } from '../engines/tar/write-tar.js';
import { largestHeld } from '../engines/zip/pack-content.js';
import { writeZip } from '../engines/zip/write-zip.js';
import type { UnpackedEntry } from '../extract/unpacked-entry.js';
import type { LossReport } from '../job/loss-report.js';
import type { OnProgress } from '../job/progress.js';
import type { RunningJob } from '../job/running-job.js';
import { layOut } from './file-tree.js';
import { writableEntries } from './writable-entries.js';

export interface WriteOptions {
  /** The new archive. */
  location: string;
  format: WrittenFormat;
  /** Total size of the files in bytes. */
  bytes: number;
  /** Encrypts it. */
  password: string | undefined;
  /** True if the contents are files of the job alone. */
  owned: boolean;
  report: LossReport;
  progress: OnProgress;
}

export interface Written extends Packed {
  /** The entries as they stand in the archive. */
  readonly entries: readonly UnpackedEntry[];
}

/** Levels of zlib. */
const deflateLevels: Readonly<Record<Level, number>> = { fastest: 1, fast: 3, normal: 6, best: 9 };

/** Memory of zlib and of the tar writer in bytes. */
const ownMemory = 8 * 1024 * 1024;

/** Writes the archive by what writes its format: see docs/decisions/0052-two-readers-and-three-writers.md. */
export async function writeArchive(
  running: RunningJob,
  entries: readonly UnpackedEntry[],
  options: WriteOptions,
): Promise<Written> {
  const { format, password } = options;
  if (format === 'zip' && password === undefined) return writeByZip(running, entries, options);
  if (format === 'tar' || containers[format].wrapsTar) return writeByTar(running, entries, options);
  return writeByTree(running, entries, options);
}

const levelOf = ({ job }: RunningJob): Level => job.options.level ?? 'normal';

async function writeByZip(
  running: RunningJob,
  entries: readonly UnpackedEntry[],
  { location, bytes, progress }: WriteOptions,
): Promise<Written> {
  const { memory, signal, threads } = running;
  const writable = writableEntries(entries, { hardLinks: false, now: new Date() });
  let done = 0;
  const onBytes = (count: number) => {
    done += count;
    progress(bytes === 0 ? 1 : done / bytes);
  };
  const held = Math.min(bytes, largestHeld) * 2 * (threads + 1) + ownMemory;
  const level = deflateLevels[levelOf(running)];
  await memory.hold(held, signal, () =>
    writeZip(writable, { location, level, threads, signal, onBytes }),
  );
  return { entries };
}

async function writeByTar(
  running: RunningJob,
  entries: readonly UnpackedEntry[],
  options: WriteOptions,
): Promise<Written> {
  const { memory, sevenZip, signal, threads } = running;
  const { location, format, bytes, progress } = options;
  const level = levelOf(running);
  const memoryBytes =
    format === 'tar' ? ownMemory : packingMemory({ format, level, threads, bytes });
  const limits = { memoryBytes, ...timeLimits(bytes) };
  const tar = writeTar(writableEntries(entries, { hardLinks: true, now: new Date() }));
  const onBytes = (count: number) => progress(bytes === 0 ? 1 : Math.min(count / bytes, 1));
  const packed = await memory.hold(memoryBytes, signal, () =>
    packTar(sevenZip, tar, {
      archive: location,
      format,
      level,
      bytes,
      threads,
      limits,
      signal,
      onBytes,
    }),
  );
  return { ...packed, entries };
}

async function writeByTree(
  running: RunningJob,
  entries: readonly UnpackedEntry[],
  options: WriteOptions,
): Promise<Written> {
  const { memory, sevenZip, signal, threads, directory, job } = running;
  const { location, format, bytes, password, owned, report, progress } = options;
  const level = levelOf(running);
  const memoryBytes = packingMemory({ format, level, threads, bytes });
  const folder = join(directory, 'tree');
  await mkdir(folder);
  const isSingle = formats[format].singleFile;
  const laid = await layOut(isSingle ? entries.map(withoutFolder) : entries, {
    folder,
    owned,
    report,
  });
  const packing = {
    directory: folder,
    archive: location,
    ...{ format, level, bytes, threads, signal },
    limits: { memoryBytes, ...timeLimits(bytes) },
    ...(password === undefined ? {} : { password }),
    encryptNames: job.options.encryptNames ?? false,
    onPercent: (percent: number) => progress(percent / 100),
  };
  const packed = await memory.hold(memoryBytes, signal, () => pack(sevenZip, packing));
  return { ...packed, entries: laid };
}

const withoutFolder = (entry: UnpackedEntry): UnpackedEntry => ({
  ...entry,
  path: entry.path.slice(entry.path.lastIndexOf('/') + 1),
});
