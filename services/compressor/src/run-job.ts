import type { ConversionJob, PublishedResult } from '@comprimemelo/contracts/messages';
import type { StorageClient } from '@comprimemelo/storage-client/storage-client';
import { downloadInputs } from './download-inputs.js';
import { operations } from './operations/operations.js';
import type { Stage } from './progress.js';
import type { SevenZip } from './seven-zip/seven-zip.js';
import { storeResults } from './store-results.js';

/** What every job of this worker is done with. */
export interface Workshop {
  readonly storage: StorageClient;
  readonly sevenZip: SevenZip;
  /** Threads of one 7-Zip. */
  readonly threads: number;
  /** True where every archive is unpacked once for its sums before it is a result. */
  readonly fullVerify: boolean;
}

export interface JobRun {
  readonly job: ConversionJob;
  /** Empty; the caller removes it. */
  readonly directory: string;
  readonly stage: Stage;
  readonly signal: AbortSignal;
}

/**
 * Does a job from its inputs in storage to its results in storage. Throws a TaskFailure for what can never
 * be done; any other error is worth another try.
 */
export async function runJob(
  { storage, ...tools }: Workshop,
  { job, directory, stage, signal }: JobRun,
): Promise<PublishedResult[]> {
  const report = stage(0, 10);
  const inputs = await downloadInputs(job.inputs, { storage, directory, signal, report });
  const files = await operations[job.operation](
    { ...tools, job, directory, signal, stage },
    inputs,
  );
  return storeResults(files, { storage, signal, report: stage(90, 100) });
}
