import type { Task } from '@comprimemelo/contracts/task';
import type { Database, Transaction } from '@comprimemelo/prisma/client/client';
import { retrying } from '@comprimemelo/prisma/client/database-errors';
import { newId, toBytes } from '@comprimemelo/prisma/client/identifiers';
import type { Prisma, Task as StoredTask } from '@comprimemelo/prisma/generated/client';
import { type TaskValues, taskOf } from '@comprimemelo/prisma/lists/task-row';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import { jobMessage } from '../outgoing/job-message.js';
import type { TaskInputFile } from '../request/inputs.js';
import { passwordColumns } from '../request/password.js';
import type { TaskPlan } from '../request/plan-task.js';
import { jobOf, toTaskFile } from './attempt-job.js';

export interface AcceptedTask {
  ownerId: string;
  plan: TaskPlan;
  inputs: TaskInputFile[];
  /** Request id and trace context for the job message. */
  headers: Record<string, string>;
  /** TASK_SECRETS_KEY: encrypts the password. */
  secretsKey: string;
  /** True if no e-mail is sent when the task finishes. */
  quiet?: boolean;
}

const toFileRow = (file: TaskInputFile, { ownerId, id, createdAt }: StoredTask) => ({
  id: toBytes(file.id),
  ownerId,
  taskId: id,
  kind: 'upload' as const,
  name: file.name,
  path: file.path,
  modifiedAt: file.modified,
  size: BigInt(file.size),
  mediaType: file.mediaType,
  sha256: new Uint8Array(Buffer.from(file.sha256, 'hex')),
  blobKey: file.blobKey,
  createdAt,
});

/** What the row has as JSON: serialized once, at the row. */
const valuesOf = ({ plan, inputs }: AcceptedTask): TaskValues => ({
  options: plan.options,
  files: inputs.map(toTaskFile),
  results: [],
  error: null,
  report: [],
});

function toTaskRow({ ownerId, plan, inputs, secretsKey, quiet }: AcceptedTask, values: TaskValues) {
  const createdAt = new Date();
  return {
    id: toBytes(newId()),
    ownerId: toBytes(ownerId),
    operation: plan.operation,
    status: 'uploaded' as const,
    format: plan.format,
    options: JSON.stringify(values.options),
    inputs: JSON.stringify(values.files),
    results: '[]',
    resultCount: 0,
    inputSize: BigInt(inputs.reduce((sum, { size }) => sum + size, 0)),
    progress: 0,
    attempt: 1,
    error: null,
    report: null,
    ...passwordColumns(plan.password, secretsKey),
    runId: null,
    quiet: quiet ?? false,
    createdAt,
    touchedAt: createdAt,
    startedAt: null,
    finishedAt: null,
    expiresAt: null,
  } satisfies StoredTask;
}

/** The response for a new task and the writes that create it: files, task and outbox row. */
export function newTask(accepted: AcceptedTask) {
  const { inputs, headers, plan } = accepted;
  const values = valuesOf(accepted);
  const task = toTaskRow(accepted, values);
  const answer = taskOf(task, values);
  const rows = inputs.filter(({ isNew }) => isNew).map((file) => toFileRow(file, task));
  const links = inputs.map(({ id }, position) => ({
    taskId: task.id,
    position,
    fileId: toBytes(id),
  }));
  const job = jobOf({ taskId: answer.id, attempt: 1, ...plan }, inputs, task.sealedPassword);
  return {
    answer,
    // `create` would read each row back.
    writes: (client: Transaction | Database['prisma']): Prisma.PrismaPromise<unknown>[] => [
      ...(rows.length > 0 ? [client.file.createMany({ data: rows })] : []),
      client.task.createMany({ data: [task] }),
      client.taskInput.createMany({ data: links }),
      client.outboxMessage.createMany({ data: [jobMessage(job, headers)] }),
    ],
  };
}

/**
 * What happened meanwhile: a file was deleted after it was found (the foreign key rejects the task), or another request
 * has taken over the Idempotency-Key (its row is not found).
 */
function orLostRace(error: unknown): never {
  const { code } = error as { code?: unknown };
  if (code === 'P2003') throw new ProblemError('file-not-found', { cause: error });
  if (code === 'P2025') {
    const headers = { 'retry-after': '1' };
    throw new ProblemError('idempotency-in-flight', { headers, cause: error });
  }
  throw error;
}

/**
 * Creates the task in one transaction, together with the writes that `alongside` returns for the response. Resolves
 * after the commit.
 */
export async function acceptTask(
  { prisma }: Database,
  accepted: AcceptedTask,
  alongside: (task: Task) => Prisma.PrismaPromise<unknown>[] = () => [],
): Promise<Task> {
  const { answer, writes } = newTask(accepted);
  await retrying(() => prisma.$transaction([...writes(prisma), ...alongside(answer)])).catch(
    orLostRace,
  );
  return answer;
}
