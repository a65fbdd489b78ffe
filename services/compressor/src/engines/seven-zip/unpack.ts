import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SevenZip } from '../process/launcher.js';
import {
  outputOf,
  type SevenZipProcess,
  startSevenZip,
  type TakenLimits,
} from '../process/run-program.js';
import { SevenZipError } from '../process/seven-zip-error.js';
import { supervise } from '../process/supervise.js';
import { limitWrittenBytes } from '../process/written-bytes.js';
import { type ExtractSwitches, extractArguments, unwrapArguments } from './arguments.js';
import type { ContainerType } from './container.js';
import { followPercents } from './percents.js';
import { timeLimits } from './time-limits.js';

export interface UnpackOptions {
  type: ContainerType;
  threads: number;
  signal: AbortSignal;
  onPercent: (percent: number) => void;
  /** Maximum bytes to write, checked while extracting. */
  mostBytes: number;
  /** Maximum number of files and directories to create, checked while extracting. */
  mostFiles: number;
  /** Maximum address space of 7-Zip in bytes. */
  memoryBytes: number;
  password?: string | undefined;
}

export interface ExtractOptions extends UnpackOptions {
  lists: ExtractSwitches['lists'];
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

const answerOf = ({ password }: UnpackOptions) =>
  password === undefined ? {} : { input: { line: password } };

const listed = ({ only, leftOut }: ExtractSwitches['lists']): string[] =>
  [only, leftOut].filter((file) => file !== undefined);

/**
 * Extracts the selected entries into an existing folder. 7-Zip keeps every path inside it. Rejects with a
 * SevenZipError, an OutputLimitError or the reason of the signal.
 */
export async function extract(
  sevenZip: SevenZip,
  { archive, folder }: { archive: string; folder: string },
  options: ExtractOptions,
): Promise<void> {
  const { lists, mostFiles, onPercent } = options;
  const extractor = startSevenZip(sevenZip, extractArguments(archive, folder, options), {
    ...answerOf(options),
    cwd: folder,
    access: { reads: [archive, ...listed(lists)], writes: folder },
    output: 'pipe',
    limits: limitsOf(options),
  });
  let tooMany = false;
  followPercents(outputOf(extractor), (percent, files) => {
    onPercent(percent);
    if (files <= mostFiles) return;
    tooMany = true;
    extractor.kill();
  });
  const [end] = await Promise.allSettled([superviseWriter(extractor, options)]);
  const cause = end.status === 'rejected' ? end.reason : undefined;
  // It may have finished successfully before it was killed.
  if (tooMany && !options.signal.aborted)
    throw new OutputLimitError(`more than ${mostFiles} files came out`, { cause });
  if (cause !== undefined) throw cause;
}

/** Decompresses a single-file container to a new file. Rejects like extract. */
export async function unwrap(
  sevenZip: SevenZip,
  { archive, file }: { archive: string; file: string },
  options: UnpackOptions,
): Promise<void> {
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
