import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { WrittenFormat } from '@comprimemelo/contracts/formats';
import type { Level } from '@comprimemelo/contracts/states';
import { lbzip2Memory, packByLbzip2 } from '../engines/bzip2/lbzip2.js';
import { memberMemory } from '../engines/deflate/gzip-member.js';
import type { Encoders } from '../engines/encoders.js';
import { containers } from '../engines/seven-zip/container.js';
import { packingMemory } from '../engines/seven-zip/memory-need.js';
import { packInput } from '../engines/seven-zip/pack.js';
import { timeLimits } from '../engines/seven-zip/time-limits.js';
import { type GzipHeader, gzip } from '../engines/streams/gzip.js';
import { gzipMemberBytes, gzipMembers } from '../engines/streams/gzip-members.js';
import { zstd, zstdMemory } from '../engines/streams/zstd.js';
import type { RunningJob } from '../job/running-job.js';
import { lbzip2Levels, libdeflateLevels, zlibLevels } from './encoder-levels.js';

export interface StreamOptions {
  /** The new file. */
  archive: string;
  format: WrittenFormat;
  level: Level;
  /** Total size of the files in bytes. */
  bytes: number;
  threads: number;
  signal: AbortSignal;
}

/** Memory of zlib and of what writes a tar, in bytes. */
const ownMemory = 8 * 1024 * 1024;

const typeOf = ({ format }: StreamOptions) => containers[format].type;
const lbzip2LevelOf = (options: StreamOptions): number | undefined =>
  typeOf(options) === 'bzip2' ? lbzip2Levels[options.level] : undefined;
const zstdLevelOf = ({ format, level }: StreamOptions): number =>
  containers[format].levels?.[level] ?? 3;

/** Bytes of memory that compressing takes. */
export function streamMemory(options: StreamOptions, { libdeflate, lbzip2 }: Encoders): number {
  if (libdeflate && typeOf(options) === 'gzip') {
    const ofEach = 2 * gzipMemberBytes + memberMemory(gzipMemberBytes);
    return ownMemory + ofEach * (options.threads + 1);
  }
  if (lbzip2 && lbzip2LevelOf(options) !== undefined) return lbzip2Memory(options.threads);
  if (options.format === 'tar' || typeOf(options) === 'gzip') return ownMemory;
  if (typeOf(options) !== 'zstd') return packingMemory(options);
  return ownMemory + zstdMemory(zstdLevelOf(options), options.threads);
}

/** Compresses bytes as the format does and writes them to a new file: by an encoder of its format, by zlib of this process, or by 7-Zip. */
export async function packStream(
  { sevenZip, encoders }: Pick<RunningJob, 'sevenZip' | 'encoders'>,
  source: AsyncIterable<Buffer>,
  { memoryBytes, header, ...options }: StreamOptions & { memoryBytes: number; header: GzipHeader },
): Promise<void> {
  const { archive, bytes, threads, signal } = options;
  const write = (pieces: AsyncIterable<Buffer>) =>
    pipeline(pieces, createWriteStream(archive, { flags: 'wx' }), { signal });
  const { libdeflate, lbzip2 } = encoders;
  const blocks = lbzip2LevelOf(options);
  if (options.format === 'tar') return write(source);
  if (typeOf(options) === 'gzip') {
    if (libdeflate === undefined) return write(gzip(source, zlibLevels[options.level], header));
    const level = libdeflateLevels[options.level];
    return write(gzipMembers(libdeflate, source, { level, threads, signal, header }));
  }
  if (typeOf(options) === 'zstd') {
    return write(zstd(source, { level: zstdLevelOf(options), threads }));
  }
  if (lbzip2 && blocks !== undefined) {
    return packByLbzip2(lbzip2, source, { archive, bytes, threads, signal, blocks });
  }
  const limits = { memoryBytes, ...timeLimits(bytes) };
  await packInput(sevenZip, source, { ...options, limits });
}
