import { extname } from 'node:path';
import type { TaskFile } from '@comprimemelo/contracts/task';
import type { QueuedJob } from '../outgoing/job-message.js';
import type { TaskPlan } from '../request/plan-task.js';
import { plannedName } from '../request/result-name.js';

/** An input as the task shows it. */
export const toTaskFile = ({ id, name, size }: Omit<TaskFile, 'extension'>): TaskFile => ({
  id,
  name,
  extension: extname(name).slice(1),
  size,
});

type PlannedAttempt = Omit<TaskPlan, 'password'> & Pick<QueuedJob, 'taskId' | 'attempt'>;

/** The job of an attempt, with what a worker needs and nothing else of its inputs. */
export const jobOf = (
  { taskId, attempt, operation, format, options }: PlannedAttempt,
  inputs: QueuedJob['inputs'],
  sealedPassword: Uint8Array | null,
): QueuedJob => ({
  taskId,
  attempt,
  operation,
  format,
  options,
  resultName: plannedName({ format, options }, inputs),
  inputs: inputs.map(({ blobKey, name, size }) => ({ blobKey, name, size })),
  sealedPassword,
});
