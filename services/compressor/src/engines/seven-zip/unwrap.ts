import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SevenZip } from '../process/launcher.js';
import { type SevenZipProcess, startSevenZip, type TakenLimits } from '../process/run-program.js';
import { SevenZipError } from '../process/seven-zip-error.js';
import { supervise } from '../process/supervise.js';
import { limitWrittenBytes } from '../process/written-bytes.js';
import { unwrapArguments } from './arguments.js';
import type { ContainerType } from './container.js';
import { followPercents } from './percents.js';
import { timeLimits } from './time-limits.js';
import { isTrailingBytes } from './trailing-bytes.js';

export interface UnpackOptions {
  type: ContainerType;
  threads: number;
  signal: AbortSignal;
  onPercent: (percent: number) => void;
  /** Maximum bytes to write, checked while extracting. */
  mostBytes: number;
  /** Maximum address space of 7-Zip in bytes. */
  memoryBytes: number;
}

/** The archive extracted to more than the limit. */
export class OutputLimitError extends Error {
  override name = 'OutputLimitError';
}

/** A single file cannot exceed the limit on all files. */
const limitsOf = ({ mostBytes, memoryBytes }: UnpackOptions): TakenLimits => ({
  fileBytes: mostBytes,
  memoryBytes,
  ...timeLimits(mostBytes),
});

/**
 * Decompresses a single-file container to a new file. Returns whether bytes follow its end. Rejects with a SevenZipError,
 * an OutputLimitError or the reason of the signal.
 */
export async function unwrap(
  sevenZip: SevenZip,
  { archive, file }: { archive: string; file: string },
  options: UnpackOptions,
): Promise<{ more: boolean }> {
  const { type, threads } = options;
  const output = await open(file, 'wx');
  try {
    const unwrapper = startSevenZip(sevenZip, unwrapArguments(archive, type, threads), {
      cwd: dirname(archive),
      access: { reads: [archive] },
      output: output.fd,
      limits: limitsOf(options),
    });
    followPercents(unwrapper.stderr, options.onPercent);
    await superviseWriter(unwrapper, options);
    return { more: false };
  } catch (error) {
    if (!isTrailingBytes(error)) throw error;
    return { more: true };
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
