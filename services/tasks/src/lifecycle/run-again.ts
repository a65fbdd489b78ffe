import { isTerminal } from '@comprimemelo/contracts/states';
import type { Task, TaskFile } from '@comprimemelo/contracts/task';
import type { Transaction } from '@comprimemelo/prisma/client/client';
import { retrying } from '@comprimemelo/prisma/client/database-errors';
import { fromBytes } from '@comprimemelo/prisma/client/identifiers';
import type { Task as StoredTask } from '@comprimemelo/prisma/generated/client';
import { taskOf } from '@comprimemelo/prisma/lists/task-row';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import { deleteBlobs } from '@comprimemelo/storage-client/delete-blobs';
import type { TasksDependencies } from '../dependencies.js';
import { announceCancel, announceChange } from '../outgoing/announce.js';
import { jobMessage } from '../outgoing/job-message.js';
import { passwordColumns } from '../request/password.js';
import type { TaskPlan } from '../request/plan-task.js';
import { jobOf, type StoredInput } from './attempt-job.js';
import { lockTask } from './lock-task.js';
import { removeFilesOf } from './remove-files.js';

export interface RunAgain {
  ownerId: string;
  taskId: string;
  /** Request id and trace context for the job message. */
  headers: Record<string, string>;
  /** Plans the next attempt from the current row and the input names. Throws if it is not allowed. */
  plan(task: StoredTask, names: string[]): TaskPlan;
}

/** Locks the inputs of the task against deletion and returns them. Throws `input-deleted`. */
async function lockInputs(tx: Transaction, { id }: StoredTask, count: number) {
  const inputs = await tx.$queryRaw<(Omit<StoredInput, 'size'> & { size: bigint })[]>`
    SELECT files.blob_key AS blobKey, files.name, files.path, files.modified_at AS modified, files.size
    FROM task_inputs JOIN files ON files.id = task_inputs.file_id
    WHERE task_inputs.task_id = ${id} ORDER BY task_inputs.position LOCK IN SHARE MODE`;
  if (inputs.length < count) throw new ProblemError('input-deleted');
  return inputs.map(({ size, ...input }) => ({ ...input, size: Number(size) }));
}

/** The columns of an attempt that has not started. */
const fresh = {
  status: 'uploaded' as const,
  progress: 0,
  results: '[]',
  resultCount: 0,
  error: null,
  report: null,
  runId: null,
  startedAt: null,
  finishedAt: null,
  quiet: false,
};

async function writeAttempt(
  tx: Transaction,
  { ownerId, taskId, headers, plan }: RunAgain,
  secretsKey: string,
) {
  const former = await lockTask(tx, ownerId, taskId);
  const files = JSON.parse(former.inputs) as TaskFile[];
  const { password, ...planned } = plan(
    former,
    files.map(({ name }) => name),
  );
  const inputs = await lockInputs(tx, former, files.length);
  const blobKeys = await removeFilesOf(tx, [former.id], ['result']);
  const data = {
    ...fresh,
    ...planned,
    options: JSON.stringify(planned.options),
    ...passwordColumns(password, secretsKey),
    attempt: former.attempt + 1,
    touchedAt: new Date(),
  };
  const task = await tx.task.update({ where: { id: former.id }, data });
  const attempt = { taskId: fromBytes(task.id), attempt: task.attempt, ...planned };
  const job = jobOf(attempt, inputs, task.sealedPassword);
  await tx.outboxMessage.create({ data: jobMessage(job, headers) });
  const values = { options: planned.options, files, results: [], error: null, report: [] };
  return { former, answer: taskOf(task, values), blobKeys };
}

/**
 * Starts a new attempt of a task from its stored inputs and deletes the results of the previous one.
 * Throws `task-not-found`, `input-deleted`, `file-in-use` and what `plan` throws.
 */
export async function runAgain(
  { db, storage, relay, publisher, secretsKey }: TasksDependencies,
  wanted: RunAgain,
): Promise<Task> {
  const { ownerId, taskId } = wanted;
  const { former, answer, blobKeys } = await retrying(() =>
    db.prisma.$transaction((tx) => writeAttempt(tx, wanted, secretsKey)),
  );
  relay.wake();
  if (!isTerminal(former.status)) announceCancel(publisher, { taskId, attempt: former.attempt });
  announceChange(publisher, { taskId, ownerId, status: 'uploaded', progress: 0 });
  await deleteBlobs(storage, blobKeys);
  return answer;
}
