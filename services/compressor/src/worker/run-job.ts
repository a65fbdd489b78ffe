import type { ConversionJob, TaskCompleted } from '@comprimemelo/contracts/messages';
import { unseal } from '@comprimemelo/service/identity/sealed-box';
import type { Stage } from '../job/progress.js';
import type { Workshop } from '../job/running-job.js';
import { TaskFailure } from '../job/task-failure.js';
import { operations } from '../operations/operations.js';
import { downloadInputs } from '../transfer/download-inputs.js';
import { keptOf } from '../transfer/kept.js';
import { storeInspections } from '../transfer/store-inspections.js';
import { storeResults } from '../transfer/store-results.js';

/** The outcome of a run. */
export type JobOutcome = Pick<TaskCompleted, 'results' | 'manifest' | 'report' | 'inspections'>;

export interface JobRun {
  readonly job: ConversionJob;
  /** An empty directory that the caller removes. */
  readonly directory: string;
  readonly stage: Stage;
  readonly signal: AbortSignal;
}

/**
 * Runs a job from its inputs in storage to its results in storage. Throws a TaskFailure if it can never succeed; any
 * other error can be retried.
 */
export async function runJob(
  { storage, inputSource, secretsKey, ...tools }: Workshop,
  { job, directory, stage, signal }: JobRun,
): Promise<JobOutcome> {
  const secret = passwordOf(job, secretsKey);
  const report = stage(0, 10);
  const inputs = await downloadInputs(job.inputs, {
    source: inputSource,
    directory,
    signal,
    report,
    kept: keptOf(job),
  });
  const running = { ...tools, ...secret, job, directory, signal, stage };
  const {
    files,
    report: lost = [],
    inspections = [],
  } = await operations[job.operation](running, inputs);
  const stored = await storeResults(files, { storage, signal, report: stage(90, 100) });
  return {
    ...stored,
    report: [...lost],
    inspections: await storeInspections(inspections, { storage, signal }),
  };
}

/** Fails permanently if the key differs or the message was modified: a retry would fail the same way. */
function passwordOf({ sealedPassword }: ConversionJob, key: string): { password?: string } {
  if (sealedPassword === undefined) return {};
  try {
    return { password: unseal(Buffer.from(sealedPassword, 'base64url'), key) };
  } catch (cause) {
    const detail = 'The worker could not decrypt the password of the task.';
    throw new TaskFailure('processing-failed', { detail, cause });
  }
}
