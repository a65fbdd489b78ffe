import { createWriteStream } from 'node:fs';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { WrittenFormat } from '@comprimemelo/contracts/formats';
import type { Level } from '@comprimemelo/contracts/states';
import type { SevenZip } from '../process/launcher.js';
import { outputOf, startSevenZip, type TakenLimits } from '../process/run-program.js';
import { supervise } from '../process/supervise.js';
import { type PackSwitches, packArguments, packInputArguments } from './arguments.js';
import { containers } from './container.js';
import { lzmaDictionary } from './memory-need.js';
import { followPercents } from './percents.js';

export interface PackOptions {
  /** Its contents become the entries, under their names on disk, so that no name is ever an argument. */
  directory: string;
  /** The archive to create, with the extension of the format. Its folder must exist; the file must not. */
  archive: string;
  format: WrittenFormat;
  level: Level;
  /** Total size of the input in bytes. */
  bytes: number;
  threads: number;
  /** Limits for each 7-Zip process. */
  limits?: TakenLimits;
  /** Encrypts the archive (zip and 7z). */
  password?: string;
  /** Encrypts the names too (7z). */
  encryptNames?: boolean;
  signal: AbortSignal;
  onPercent: (percent: number) => void;
}

export interface Packed {
  /** Size of the tar inside a compound tar in bytes, as counted by its writer. */
  tarBytes?: number;
}

/**
 * Packs the contents of a folder into an archive. Rejects with a SevenZipError or the reason of the signal; the file
 * at `archive` is then unusable.
 */
export async function pack(sevenZip: SevenZip, options: PackOptions): Promise<Packed> {
  const packer = startSevenZip(sevenZip, packArguments(options.archive, switchesOf(options)), {
    cwd: options.directory,
    access: { reads: [options.directory], writes: dirname(options.archive) },
    ...(options.password === undefined ? {} : { input: { line: options.password } }),
    output: 'pipe',
    ...limitsOf(options),
  });
  followPercents(outputOf(packer), options.onPercent);
  await supervise([packer], options.signal);
  return {};
}

const limitsOf = ({ limits }: Pick<PackOptions, 'limits'>) =>
  limits === undefined ? {} : { limits };

const switchesOf = (options: Omit<PackOptions, 'directory' | 'onPercent'>): PackSwitches => {
  const { format, level, threads, bytes, password, encryptNames = false } = options;
  const { type, levels, wrapsTar } = containers[format];
  const dictionary = wrapsTar ? lzmaDictionary({ format, level, bytes }) : undefined;
  return {
    type,
    threads,
    encrypted: password !== undefined,
    encryptNames,
    ...(levels ? { level: levels[level] } : {}),
    ...(dictionary === undefined ? {} : { dictionary }),
  };
};

/** Bytes that wait for a program to take them. */
const highWaterMark = 1024 * 1024;

export interface PackTarOptions extends Omit<PackOptions, 'directory' | 'onPercent'> {
  /** Receives the bytes of the tar so far. */
  onBytes: (count: number) => void;
}

/**
 * Writes a tar to the file, or through a 7-Zip that compresses it: then the tar is never a file. Rejects with a
 * SevenZipError, the reason of the signal or what the tar throws.
 */
export async function packTar(
  sevenZip: SevenZip,
  tar: AsyncIterable<Buffer>,
  options: PackTarOptions,
): Promise<Packed> {
  const { archive, format, onBytes, signal } = options;
  const { counted, pieces } = countBytes(tar, onBytes);
  if (!containers[format].wrapsTar) {
    await pipeline(pieces, createWriteStream(archive, { flags: 'wx' }), { signal });
    return { tarBytes: counted.bytes };
  }
  const packer = startSevenZip(sevenZip, packInputArguments(archive, switchesOf(options)), {
    cwd: dirname(archive),
    access: { reads: [], writes: dirname(archive) },
    input: { pieces },
    output: 'ignore',
    ...limitsOf(options),
  });
  await supervise([packer], signal);
  await packer.fed;
  return { tarBytes: counted.bytes };
}

function countBytes(tar: AsyncIterable<Buffer>, onBytes: (count: number) => void) {
  const counted = { bytes: 0 };
  async function* pass() {
    for await (const piece of tar) {
      counted.bytes += piece.length;
      onBytes(counted.bytes);
      yield piece;
    }
  }
  return { counted, pieces: Readable.from(pass(), { objectMode: false, highWaterMark }) };
}
