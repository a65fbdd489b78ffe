import { dirname } from 'node:path';
import { testArguments } from './arguments.js';
import type { ContainerType } from './container.js';
import { startSevenZip } from './process.js';
import type { SevenZip } from './seven-zip.js';
import { supervise } from './supervise.js';

export interface TestOptions {
  type: ContainerType;
  threads: number;
  signal: AbortSignal;
}

/** Unpacks the archive to nowhere and checks its sums. Rejects with a SevenZipError where one is wrong. */
export async function testArchive(
  sevenZip: SevenZip,
  archive: string,
  { type, threads, signal }: TestOptions,
): Promise<void> {
  const tester = startSevenZip(sevenZip, testArguments(archive, type, threads), {
    cwd: dirname(archive),
    output: 'ignore',
  });
  await supervise([tester], signal);
}
