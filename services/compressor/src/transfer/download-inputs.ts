import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ConversionJob } from '@comprimemelo/contracts/messages';
import { BlobNotFound } from '@comprimemelo/storage-client/storage-errors';
import type { OnProgress } from '../job/progress.js';
import type { InputSource, LocalInput } from '../job/running-job.js';
import { TaskFailure } from '../job/task-failure.js';
import { inputNames, inputPaths } from './input-names.js';
import type { Kept } from './kept.js';
import { setTime } from './set-time.js';

export interface DownloadOptions {
  source: InputSource;
  /** The directory of the job; files are written to `in` below it. */
  directory: string;
  signal: AbortSignal;
  report: OnProgress;
  /** Default: no folders, and the times of the download. */
  kept?: Kept;
}

/** Bytes buffered in memory and written together. */
const pendingBytes = 1024 * 1024;

type JobInput = ConversionJob['inputs'][number];

/**
 * Writes the inputs of the job to files under valid versions of their names, or their paths. Throws a TaskFailure `processing-failed`
 * if a blob is missing, and StorageUnavailable if storage is down.
 */
export async function downloadInputs(
  inputs: readonly JobInput[],
  options: DownloadOptions,
): Promise<LocalInput[]> {
  const folder = join(options.directory, 'in');
  await mkdir(folder);
  const { kept = { paths: false, times: false } } = options;
  const names = kept.paths
    ? inputPaths(inputs.map(({ path, name }) => path ?? name))
    : inputNames(inputs.map(({ name }) => name));
  const total = inputs.reduce((sum, { size }) => sum + size, 0);
  let bytes = 0;
  const onBytes = (count: number) => {
    bytes += count;
    options.report(bytes / Math.max(total, 1));
  };
  const local: LocalInput[] = [];
  for (const [at, input] of inputs.entries()) {
    const name = names[at] ?? input.name;
    const location = join(folder, name);
    const modified = input.modified === undefined ? undefined : new Date(input.modified);
    const time = kept.times ? modified : undefined;
    await mkdir(dirname(location), { recursive: true });
    await download(input, { ...options, location, onBytes, linkable: time === undefined });
    if (time !== undefined) await setTime(location, time);
    const sentAs = input.path ?? input.name;
    local.push({
      name,
      location,
      size: input.size,
      ...(sentAs === name ? {} : { sentAs }),
      ...(modified && { modified }),
    });
  }
  return local;
}

interface DownloadTarget {
  location: string;
  onBytes: (count: number) => void;
  /** False if the file gets a time of its own: a link would give it to the blob. */
  linkable: boolean;
}

async function download(input: JobInput, options: DownloadOptions & DownloadTarget): Promise<void> {
  const { blobKey, name } = input;
  const { source, signal, location, onBytes, linkable } = options;
  const linked = linkable ? await source.link(blobKey, location) : undefined;
  if (linked !== undefined) {
    onBytes(linked);
    return checkSize(input, linked);
  }
  const bytes = await source.open(blobKey, signal).catch((error: unknown) => {
    if (!(error instanceof BlobNotFound)) throw error;
    throw new TaskFailure('processing-failed', {
      detail: `The input ${name} is no longer in storage.`,
      cause: error,
    });
  });
  let written = 0;
  // Uses an event listener, because a generator would copy the chunks into new buffers.
  bytes.on('data', (piece: Buffer) => {
    written += piece.length;
    onBytes(piece.length);
  });
  const file = createWriteStream(location, { flags: 'wx', highWaterMark: pendingBytes });
  await pipeline(bytes, file, { signal });
  checkSize(input, written);
}

function checkSize({ blobKey, size }: JobInput, arrived: number): void {
  if (arrived !== size) throw new Error(`${arrived} of ${size} bytes of ${blobKey} arrived`);
}
