import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { startSevenZip } from '../process/run-program.js';
import { SevenZipError } from '../process/seven-zip-error.js';
import { supervise } from '../process/supervise.js';
import { limitWrittenBytes } from '../process/written-bytes.js';
import { timeLimits } from '../seven-zip/time-limits.js';
import { OutputLimitError } from '../seven-zip/unwrap.js';
import type { Bsdtar } from './bsdtar.js';

export interface RewriteOptions {
  signal: AbortSignal;
  /** Maximum bytes to write, checked while writing. */
  mostBytes: number;
  /** Maximum address space in bytes. */
  memoryBytes: number;
}

/**
 * Writes what libarchive reads of an archive to a tar, which this process reads on: names as bytes, links, permissions,
 * contents. As a GNU tar: a pax tar wants names in UTF-8, and ends at the first that is not. Rejects with a SevenZipError,
 * an OutputLimitError or the reason of the signal.
 */
export async function rewriteAsTar(
  bsdtar: Bsdtar,
  { archive, tar }: { archive: string; tar: string },
  { signal, mostBytes, memoryBytes }: RewriteOptions,
): Promise<void> {
  const output = await open(tar, 'wx');
  try {
    const args = ['-c', '-P', '-f', '-', '--format=gnutar', `@${archive}`];
    const writer = startSevenZip(bsdtar, args, {
      cwd: dirname(archive),
      access: { reads: [archive, ...bsdtar.libraries] },
      output: output.fd,
      limits: { fileBytes: mostBytes, memoryBytes, ...timeLimits(mostBytes) },
    });
    const watch = limitWrittenBytes(writer, mostBytes);
    await supervise([writer], signal).catch((error: unknown) => {
      const tooLong = error instanceof SevenZipError && error.wasEndedBy('SIGXFSZ');
      if (!watch.exceeded && !tooLong) throw error;
      throw new OutputLimitError(`more than ${mostBytes} bytes came out`, { cause: error });
    });
  } finally {
    await output.close();
  }
}
