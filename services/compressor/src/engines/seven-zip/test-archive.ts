import { dirname } from 'node:path';
import type { SevenZip } from '../process/launcher.js';
import { startSevenZip, type TakenLimits } from '../process/run-program.js';
import { supervise } from '../process/supervise.js';
import { testArguments } from './arguments.js';
import type { ContainerType } from './container.js';

export interface TestOptions {
  type: ContainerType;
  threads: number;
  signal: AbortSignal;
  limits?: TakenLimits;
  password?: string | undefined;
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
