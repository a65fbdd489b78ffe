import { dirname } from 'node:path';
import type { WrittenFormat } from '@comprimemelo/contracts/formats';
import type { Level } from '@comprimemelo/contracts/states';
import type { SevenZip } from '../process/launcher.js';
import { outputOf, startSevenZip, type TakenLimits } from '../process/run-program.js';
import { supervise } from '../process/supervise.js';
import { type PackSwitches, packArguments, packInputArguments, tarArguments } from './arguments.js';
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
  if (containers[options.format].wrapsTar) return packCompoundTar(sevenZip, options);
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

const limitsOf = ({ limits }: PackOptions) => (limits === undefined ? {} : { limits });

const switchesOf = (options: PackOptions): PackSwitches => {
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

/** One process writes the tar and another compresses it through a pipe, so the tar is never a file. */
async function packCompoundTar(sevenZip: SevenZip, options: PackOptions): Promise<Packed> {
  const { archive, directory: cwd, onPercent, signal } = options;
  const maker = startSevenZip(sevenZip, tarArguments(), {
    cwd,
    access: { reads: [cwd] },
    output: 'pipe',
    ...limitsOf(options),
  });
  const packer = startSevenZip(sevenZip, packInputArguments(archive, switchesOf(options)), {
    cwd,
    access: { reads: [], writes: dirname(archive) },
    input: maker,
    output: 'ignore',
    ...limitsOf(options),
  });
  followPercents(maker.stderr, onPercent);
  const [made] = await supervise([maker, packer], signal);
  const tarBytes = /^Archive size: (\d+) bytes/m.exec(made?.stderr ?? '')?.[1];
  if (tarBytes === undefined) throw new Error('7-Zip did not say how long the tar is');
  return { tarBytes: Number(tarBytes) };
}
