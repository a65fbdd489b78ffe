import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ArchiveFormatError } from '../entry.js';
import { startSevenZip } from '../process/run-program.js';
import { SevenZipError } from '../process/seven-zip-error.js';
import { supervise } from '../process/supervise.js';
import { limitWrittenBytes } from '../process/written-bytes.js';
import { OutputLimitError } from '../seven-zip/unwrap.js';
import type { Bsdtar } from './bsdtar.js';
import { isCopy } from './is-copy.js';
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
 * which a warning is too, an OutputLimitError or the reason of the signal.
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

/**
 * Decompresses a file of one of the streams that libarchive knows, by bsdcat. Rejects like rewriteAsTar, and with an
 * ArchiveFormatError where bsdcat takes the file for none of them: then it gives the bytes as they are.
 */
export async function unwrapRaw(
  bsdtar: Bsdtar,
  { archive, file }: { archive: string; file: string },
  options: RewriteOptions,
): Promise<void> {
  const bsdcat = { ...bsdtar, binary: bsdtar.bsdcat };
  await write(bsdcat, { archive, output: file }, { ...options, args: ['--', archive] });
  if (await isCopy(archive, file)) throw new ArchiveFormatError('The header is damaged.');
}

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
    const ends = await supervise([writer], signal).catch((error: unknown) => {
      const tooLong = error instanceof SevenZipError && error.wasEndedBy('SIGXFSZ');
      if (!watch.exceeded && !tooLong) throw error;
      throw new OutputLimitError(`more than ${mostBytes} bytes came out`, { cause: error });
    });
    // It warns, leaves out what follows, and ends with 0: of an image that is cut within its directories, for example.
    if (ends.some(({ stderr }) => stderr !== '')) throw new SevenZipError(ends);
  } finally {
    await file.close();
  }
}
