import { checkCount } from './check-listing.js';
import { allowedBytes, extractionLimits } from './extraction-limits.js';
import type { Report } from './progress.js';
import { readFailure } from './read-failure.js';
import type { LocalInput, RunningJob } from './running-job.js';
import type { ContainerType } from './seven-zip/container.js';
import { listArchive } from './seven-zip/list-archive.js';
import type { ListedEntry } from './seven-zip/listing.js';
import { extract, type UnpackOptions } from './seven-zip/unpack.js';

export interface OpenArchive {
  /** What it declares; of a compound tar, the tar's entries. Not yet checked. */
  readonly entries: readonly ListedEntry[];
  /** Extracts everything below the folder, which exists. Once. */
  extractTo(folder: string): Promise<void>;
  /** Removes what was unpacked on the way. */
  close(): Promise<void>;
}

/** An input whose content is known. */
export type TypedInput = LocalInput & { type: ContainerType };

/** Names what is wrong with the archive, where that is what is wrong. */
export const orReadFailure = (error: unknown): never => {
  throw readFailure(error);
};

/** Lists an input within the limits of reading. Throws as openArchive does. */
export const listInput = ({ sevenZip, signal }: RunningJob, { location, type }: TypedInput) =>
  listArchive(sevenZip, location, {
    type,
    signal,
    memoryBytes: extractionLimits.memoryBytes,
    onCount: checkCount,
  }).catch(orReadFailure);

/** The limits of an unpacking. `size` is the input's, also where the container came out of it. */
export function unpackOptions(
  { signal, threads }: RunningJob,
  { size, type }: TypedInput,
  report: Report,
): UnpackOptions {
  return {
    type,
    threads,
    signal,
    mostBytes: allowedBytes(size),
    memoryBytes: extractionLimits.memoryBytes,
    onPercent: (percent) => report(percent / 100),
  };
}

/** Opens a zip, 7z or tar by its listing. */
export async function openContainer(
  running: RunningJob,
  input: TypedInput,
  report: Report,
): Promise<OpenArchive> {
  return {
    entries: await listInput(running, input),
    async extractTo(folder) {
      const options = unpackOptions(running, input, report);
      const { sevenZip } = running;
      await extract(sevenZip, { archive: input.location, folder }, options).catch(orReadFailure);
    },
    close: async () => undefined,
  };
}
