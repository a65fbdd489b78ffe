import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { startSevenZip } from '../process/run-program.js';
import { SevenZipError } from '../process/seven-zip-error.js';
import { supervise } from '../process/supervise.js';
import { limitWrittenBytes } from '../process/written-bytes.js';
import { OutputLimitError } from '../seven-zip/unwrap.js';
import type { Bsdtar } from './bsdtar.js';
import { libarchiveLimits } from './time-limits.js';

export interface RewriteOptions {
  signal: AbortSignal;
  /** Size of the archive in bytes. */
  archiveBytes: number;
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
export const rewriteAsTar = (
  bsdtar: Bsdtar,
  { archive, tar }: { archive: string; tar: string },
  options: RewriteOptions,
): Promise<void> =>
  write(
    bsdtar,
    { archive, output: tar },
    { ...options, args: ['-c', '-P', '-f', '-', '--format=gnutar', `@${archive}`] },
  );

/** Decompresses a file of one of the streams that libarchive knows, by bsdcat. Rejects like rewriteAsTar. */
export const unwrapRaw = (
  bsdtar: Bsdtar,
  { archive, file }: { archive: string; file: string },
  options: RewriteOptions,
): Promise<void> =>
  write(
    { ...bsdtar, binary: bsdtar.bsdcat },
    { archive, output: file },
    { ...options, args: ['--', archive] },
  );

async function write(
  bsdtar: Bsdtar,
  { archive, output }: { archive: string; output: string },
  {
    signal,
    archiveBytes,
    mostBytes,
    memoryBytes,
    args,
  }: RewriteOptions & { args: readonly string[] },
): Promise<void> {
  const file = await open(output, 'wx');
  try {
    const writer = startSevenZip(bsdtar, args, {
      cwd: dirname(archive),
      access: { reads: [archive, ...bsdtar.libraries] },
      output: file.fd,
      limits: { fileBytes: mostBytes, memoryBytes, ...libarchiveLimits(archiveBytes) },
    });
    const watch = limitWrittenBytes(writer, mostBytes);
    await supervise([writer], signal).catch((error: unknown) => {
      const tooLong = error instanceof SevenZipError && error.wasEndedBy('SIGXFSZ');
      if (!watch.exceeded && !tooLong) throw error;
      throw new OutputLimitError(`more than ${mostBytes} bytes came out`, { cause: error });
    });
  } finally {
    await file.close();
  }
}
