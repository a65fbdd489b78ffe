import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import type { WrittenFormat } from '@comprimemelo/contracts/formats';
import type { Level } from '@comprimemelo/contracts/states';
import type { SevenZip } from '../process/launcher.js';
import { outputOf, startSevenZip, type TakenLimits } from '../process/run-program.js';
import { supervise } from '../process/supervise.js';
import { superviseFed } from '../process/supervise-fed.js';
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

/**
 * Packs the contents of a folder into an archive. Rejects with a SevenZipError or the reason of the signal; the file
 * at `archive` is then unusable.
 */
export async function pack(sevenZip: SevenZip, options: PackOptions): Promise<void> {
  const packer = startSevenZip(sevenZip, packArguments(options.archive, switchesOf(options)), {
    cwd: options.directory,
    access: { reads: [options.directory], writes: dirname(options.archive) },
    ...(options.password === undefined ? {} : { input: { line: options.password } }),
    output: 'pipe',
    ...limitsOf(options),
  });
  followPercents(outputOf(packer), options.onPercent);
  await supervise([packer], options.signal);
}

const limitsOf = ({ limits }: Pick<PackOptions, 'limits'>) =>
  limits === undefined ? {} : { limits };

const switchesOf = (options: PackInputOptions): PackSwitches => {
  const { format, level, threads, bytes, password, encryptNames = false } = options;
  const { type, levels, matchBytes } = containers[format];
  // Of a folder 7-Zip knows the size by itself.
  const dictionary = type === '7z' ? undefined : lzmaDictionary({ format, level, bytes });
  return {
    type,
    threads,
    encrypted: password !== undefined,
    encryptNames,
    ...(levels ? { level: levels[level] } : {}),
    ...(matchBytes ? { matchBytes: matchBytes[level] } : {}),
    ...(dictionary === undefined ? {} : { dictionary }),
  };
};

/** Bytes that wait for a program to take them. */
const highWaterMark = 1024 * 1024;

export type PackInputOptions = Omit<PackOptions, 'directory' | 'onPercent'>;

/** Compresses bytes to a file. Rejects with a SevenZipError, the reason of the signal or what the bytes throw. */
export async function packInput(
  sevenZip: SevenZip,
  bytes: AsyncIterable<Buffer>,
  options: PackInputOptions,
): Promise<void> {
  const { archive, signal } = options;
  const packer = startSevenZip(sevenZip, packInputArguments(archive, switchesOf(options)), {
    cwd: dirname(archive),
    access: { reads: [], writes: dirname(archive) },
    input: { pieces: Readable.from(bytes, { objectMode: false, highWaterMark }) },
    output: 'ignore',
    ...limitsOf(options),
  });
  await superviseFed(packer, signal);
}
