import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { extractArguments, unwrapArguments } from './arguments.js';
import type { ContainerType } from './container.js';
import type { ProcessLimits } from './launcher.js';
import { followPercents } from './percents.js';
import { outputOf, type SevenZipProcess, startSevenZip } from './process.js';
import type { SevenZip } from './seven-zip.js';
import { SevenZipError } from './seven-zip-error.js';
import { supervise } from './supervise.js';
import { limitWrittenBytes } from './written-bytes.js';

export interface UnpackOptions {
  type: ContainerType;
  threads: number;
  signal: AbortSignal;
  onPercent: (percent: number) => void;
  /** The most that may be written, in bytes, counted while it is. */
  mostBytes: number;
  /** The address space that 7-Zip may take, in bytes. */
  memoryBytes: number;
}

/** More came out of the archive than was allowed. */
export class OutputLimitError extends Error {
  override name = 'OutputLimitError';
}

/** One file cannot be longer than all may be together. */
const limitsOf = ({ mostBytes, memoryBytes }: UnpackOptions): ProcessLimits => ({
  fileBytes: mostBytes,
  memoryBytes,
});

/**
 * Extracts the entries of a zip, 7z or tar below the folder, which exists. 7-Zip keeps every path inside
 * it. Rejects with a SevenZipError, an OutputLimitError or the signal's reason.
 */
export async function extract(
  sevenZip: SevenZip,
  { archive, folder }: { archive: string; folder: string },
  options: UnpackOptions,
): Promise<void> {
  const extractor = startSevenZip(sevenZip, extractArguments(archive, folder, options), {
    cwd: folder,
    output: 'pipe',
    limits: limitsOf(options),
  });
  followPercents(outputOf(extractor), options.onPercent);
  await superviseWriter(extractor, options);
}

/** Unpacks a gz, bz2 or xz into a new file. Rejects as extract does. */
export async function unwrap(
  sevenZip: SevenZip,
  { archive, file }: { archive: string; file: string },
  options: UnpackOptions,
): Promise<void> {
  const { type, threads } = options;
  const output = await open(file, 'wx');
  try {
    const unwrapper = startSevenZip(sevenZip, unwrapArguments(archive, type, threads), {
      cwd: dirname(file),
      output: output.fd,
      limits: limitsOf(options),
    });
    followPercents(unwrapper.stderr, options.onPercent);
    await superviseWriter(unwrapper, options);
  } finally {
    await output.close();
  }
}

async function superviseWriter(
  writer: SevenZipProcess,
  { mostBytes, signal }: UnpackOptions,
): Promise<void> {
  const watch = limitWrittenBytes(writer, mostBytes);
  try {
    await supervise([writer], signal);
  } catch (error) {
    const tooLong = error instanceof SevenZipError && error.wasEndedBy('SIGXFSZ');
    if (!watch.exceeded && !tooLong) throw error;
    throw new OutputLimitError(`more than ${mostBytes} bytes came out`, { cause: error });
  }
}
