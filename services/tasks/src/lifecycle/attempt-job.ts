import { extname } from 'node:path';
import type { TaskFile } from '@comprimemelo/contracts/task';
import type { QueuedJob } from '../outgoing/job-message.js';
import type { TaskPlan } from '../request/plan-task.js';
import { plannedName } from '../request/result-name.js';

/** A file as its row has it. */
export interface StoredInput {
  blobKey: string;
  name: string;
  path: string;
  modified: Date | null;
  /** Bytes. */
  size: number;
}

/** What is told of an input only where its sender gave it. */
const placeOf = ({ name, path, modified }: Pick<StoredInput, 'name' | 'path' | 'modified'>) => ({
  ...(path === name ? {} : { path }),
  ...(modified === null ? {} : { modified: modified.toISOString() }),
});

/** An input as the task shows it. */
export const toTaskFile = (file: Omit<StoredInput, 'blobKey'> & { id: string }): TaskFile => ({
  id: file.id,
  name: file.name,
  extension: extname(file.name).slice(1),
  size: file.size,
  ...placeOf(file),
});

type PlannedAttempt = Omit<TaskPlan, 'password'> & Pick<QueuedJob, 'taskId' | 'attempt'>;

/** The job of an attempt, with what a worker needs and nothing else of its inputs. */
export const jobOf = (
  { taskId, attempt, operation, format, options }: PlannedAttempt,
  inputs: readonly StoredInput[],
  sealedPassword: Uint8Array | null,
): QueuedJob => ({
  taskId,
  attempt,
  operation,
  format,
  options,
  resultName: plannedName({ operation, format, options }, inputs),
  inputs: inputs.map((input) => ({
    blobKey: input.blobKey,
    name: input.name,
    size: input.size,
    ...placeOf(input),
  })),
  sealedPassword,
});
