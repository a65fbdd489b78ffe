import { dirname } from 'node:path';
import type { SevenZip } from '../process/launcher.js';
import { startSevenZip, type TakenLimits } from '../process/run-program.js';
import { supervise } from '../process/supervise.js';
import { openArguments, testArguments } from './arguments.js';
import type { ContainerType } from './container.js';

export interface TestOptions {
  type: ContainerType;
  threads: number;
  signal: AbortSignal;
  limits?: TakenLimits;
  password?: string | undefined;
}

export interface OpenOptions extends Omit<TestOptions, 'threads'> {
  /** The folder of an archive in several volumes, all of which 7-Zip then reads. */
  volumes?: string | undefined;
}

/**
 * Opens the archive and reads none of its entries: 7-Zip says what is wrong with it here, and nothing where it lists.
 * Rejects with a SevenZipError if anything is.
 */
export async function openOnly(
  sevenZip: SevenZip,
  archive: string,
  { type, signal, limits = {}, password, volumes }: OpenOptions,
): Promise<void> {
  const opener = startSevenZip(sevenZip, openArguments(archive, type), {
    cwd: dirname(archive),
    access: { reads: [volumes ?? archive] },
    ...(password === undefined ? {} : { input: { line: password } }),
    output: 'ignore',
    limits,
  });
  await supervise([opener], signal);
}

/**
 * Decompresses the archive without writing it and verifies the checksums. Rejects with a SevenZipError on a mismatch.
 */
export async function testArchive(
  sevenZip: SevenZip,
  archive: string,
  { type, threads, signal, limits = {}, password }: TestOptions,
): Promise<void> {
  const tester = startSevenZip(sevenZip, testArguments(archive, type, threads), {
    cwd: dirname(archive),
    access: { reads: [archive] },
    ...(password === undefined ? {} : { input: { line: password } }),
    output: 'ignore',
    limits,
  });
  await supervise([tester], signal);
}
