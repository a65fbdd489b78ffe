import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { formats, type WrittenFormat } from '@comprimemelo/contracts/formats';
import type { Level } from '@comprimemelo/contracts/states';
import { memberMemory } from '../engines/deflate/gzip-member.js';
import { containers } from '../engines/seven-zip/container.js';
import { packingMemory } from '../engines/seven-zip/memory-need.js';
import { pack } from '../engines/seven-zip/pack.js';
import { timeLimits } from '../engines/seven-zip/time-limits.js';
import type { GzipHeader } from '../engines/streams/gzip.js';
import { writeTar } from '../engines/tar/write-tar.js';
import type { WritableEntry } from '../engines/writable-entry.js';
import { largestHeld } from '../engines/zip/pack-content.js';
import { writeZip } from '../engines/zip/write-zip.js';
import type { UnpackedEntry } from '../extract/unpacked-entry.js';
import type { LossReport } from '../job/loss-report.js';
import type { OnProgress } from '../job/progress.js';
import type { RunningJob } from '../job/running-job.js';
import { libdeflateLevels, zlibLevels } from './encoder-levels.js';
import { layOut } from './file-tree.js';
import { packStream, streamMemory } from './pack-stream.js';
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
  /** Of the whole archive; empty where there is none. */
  comment: Buffer;
}

export interface Written {
  /** Of a stream: the bytes that it holds. */
  readonly streamBytes?: number;
  /** True of a gzip of several members, each of which was checked when it was made. A listing shows the last. */
  readonly isMembers?: boolean;
  /** The entries as they stand in the archive. */
  readonly entries: readonly UnpackedEntry[];
}

/** Memory of zlib and of the tar writer in bytes. */
const ownMemory = 8 * 1024 * 1024;

/** What the two bytes of its length can say. */
const longestComment = 0xffff;
const commentLost = 'The comment of the archive was left out: the format has no room for it.';

/** Writes the archive by what writes its format: see docs/decisions/0053-a-reader-for-each-format.md. */
export async function writeArchive(
  running: RunningJob,
  entries: readonly UnpackedEntry[],
  options: WriteOptions,
): Promise<Written> {
  const { format, password, comment, report } = options;
  const isOwnZip = format === 'zip' && password === undefined;
  if (comment.length > (isOwnZip ? longestComment : 0)) report.note('comments', commentLost);
  if (isOwnZip) return writeByZip(running, entries, options);
  if (isStream(format)) return writeByStream(running, entries, options);
  return writeByTree(running, entries, options);
}

/** 7-Zip stores a name in gz only of a file, which a stream has not: see gzipHeaderOf. */
const isStream = (format: WrittenFormat): boolean => format !== 'zip' && format !== '7z';

const levelOf = ({ job }: RunningJob): Level => job.options.level ?? 'normal';

async function writeByZip(
  running: RunningJob,
  entries: readonly UnpackedEntry[],
  { location, bytes, progress, ...options }: WriteOptions,
): Promise<Written> {
  const comment = options.comment.length > longestComment ? Buffer.alloc(0) : options.comment;
  const { memory, signal, threads } = running;
  const writable = writableEntries(entries, { hardLinks: false, now: new Date() });
  let done = 0;
  const onBytes = (count: number) => {
    done += count;
    progress(bytes === 0 ? 1 : done / bytes);
  };
  const each = Math.min(bytes, largestHeld);
  const { libdeflate } = running.encoders;
  const ofEach = libdeflate === undefined ? 2 * each : 2 * each + memberMemory(each);
  const held = ofEach * (threads + 1) + ownMemory;
  const level = zlibLevels[levelOf(running)];
  const packer = libdeflate && { program: libdeflate, level: libdeflateLevels[levelOf(running)] };
  await memory.hold(held, signal, () =>
    writeZip(writable, { location, level, threads, signal, onBytes, comment, packer }),
  );
  return { entries };
}

/** A tar, or a stream of one file: written through what compresses it, so that the tar is never a file. */
async function writeByStream(
  running: RunningJob,
  entries: readonly UnpackedEntry[],
  { location, format, bytes, progress }: WriteOptions,
): Promise<Written> {
  const { memory, signal, threads } = running;
  const writable = writableEntries(entries, { hardLinks: true, now: new Date() });
  const counted = { bytes: 0 };
  const source = formats[format].singleFile ? onlyContent(writable) : writeTar(writable);
  const onBytes = (count: number) => progress(bytes === 0 ? 1 : Math.min(count / bytes, 1));
  const options = {
    ...{ format, bytes, threads, signal },
    archive: location,
    level: levelOf(running),
  };
  const needed = streamMemory(options, running.encoders);
  await memory.hold(needed, signal, () =>
    packStream(running, countBytes(source, counted, onBytes), {
      ...options,
      memoryBytes: needed,
      header: gzipHeaderOf(format, writable),
    }),
  );
  const isMembers = running.encoders.libdeflate !== undefined && containers[format].type === 'gzip';
  return { streamBytes: counted.bytes, entries, isMembers };
}

async function* onlyContent([only]: readonly WritableEntry[]): AsyncGenerator<Buffer> {
  if (only?.type === 'file') yield* only.content();
}

async function* countBytes(
  source: AsyncIterable<Buffer>,
  counted: { bytes: number },
  onBytes: (count: number) => void,
): AsyncGenerator<Buffer> {
  for await (const piece of source) {
    counted.bytes += piece.length;
    onBytes(counted.bytes);
    yield piece;
  }
}

/** gzip keeps the name and the time of a single file. */
function gzipHeaderOf(format: WrittenFormat, [only]: readonly WritableEntry[]): GzipHeader {
  if (format !== 'gz' || only === undefined) return { modified: 0 };
  return { name: only.path.slice(only.path.lastIndexOf('/') + 1), modified: only.modified.seconds };
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
  const laid = await layOut(entries, {
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
  await memory.hold(memoryBytes, signal, () => pack(sevenZip, packing));
  return { entries: laid };
}
