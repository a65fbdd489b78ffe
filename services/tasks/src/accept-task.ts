import type { Task } from '@comprimemelo/contracts/task';
import type { Database } from '@comprimemelo/prisma/client';
import { retrying } from '@comprimemelo/prisma/database-errors';
import type { Prisma, Task as TaskRow } from '@comprimemelo/prisma/generated/client';
import { newId, toBytes } from '@comprimemelo/prisma/identifiers';
import { ProblemError } from '@comprimemelo/service/problem-error';
import type { ReceivedFile } from '@comprimemelo/storage-client/receive-multipart';
import type { TaskPlan } from './task-request.js';
import { jobMessage, toTaskFile } from './task-rows.js';

/** A file that a task reads: one that came with the request, or one that was there before. */
export interface TaskInputFile extends ReceivedFile {
  /** True where the row is to be made, and goes when the task goes. */
  isNew: boolean;
}

export interface AcceptedTask {
  ownerId: string;
  plan: TaskPlan;
  inputs: TaskInputFile[];
  /** Request id and trace context, for the job's message. */
  headers: Record<string, string>;
  /** More to write in the same transaction, given the answer. */
  alongside?: (task: Task) => Prisma.PrismaPromise<unknown>[];
}

const toFileRow = (file: TaskInputFile, ownerId: string, taskId: string, createdAt: Date) => ({
  id: toBytes(file.id),
  ownerId: toBytes(ownerId),
  taskId: toBytes(taskId),
  kind: 'upload' as const,
  name: file.name,
  path: file.name,
  size: BigInt(file.size),
  mediaType: file.mediaType,
  sha256: new Uint8Array(Buffer.from(file.sha256, 'hex')),
  blobKey: file.blobKey,
  createdAt,
});

function toTaskRow({ ownerId, plan, inputs }: AcceptedTask, id: string, createdAt: Date) {
  return {
    id: toBytes(id),
    ownerId: toBytes(ownerId),
    operation: plan.operation,
    status: 'uploaded' as const,
    format: plan.format,
    options: JSON.stringify(plan.options),
    inputs: JSON.stringify(inputs.map(toTaskFile)),
    results: '[]',
    resultCount: 0,
    inputSize: inputs.reduce((sum, { size }) => sum + BigInt(size), 0n),
    progress: 0,
    attempt: 1,
    error: null,
    report: null,
    sealedPassword: null,
    hasPassword: false,
    runId: null,
    createdAt,
    touchedAt: createdAt,
    startedAt: null,
    finishedAt: null,
    expiresAt: null,
  } satisfies TaskRow;
}

const toAnswer = ({ plan, inputs }: AcceptedTask, id: string, createdAt: Date): Task => ({
  id,
  operation: plan.operation,
  status: 'uploaded',
  available: false,
  progress: 0,
  format: plan.format,
  files: inputs.map(toTaskFile),
  results: [],
  resultCount: 0,
  options: plan.options,
  attempts: 1,
  report: [],
  error: null,
  createdAt: createdAt.toISOString(),
  startedAt: null,
  finishedAt: null,
  expiresAt: null,
});

/** A file was deleted after it was found: the database does not let a task read what is not there. */
function orMissingFile(error: unknown): never {
  const { code } = error as { code?: unknown };
  throw code === 'P2003' ? new ProblemError('file-not-found', { cause: error }) : error;
}

/** Writes the files, the task and its job's outbox row in one transaction; resolves when it is committed. */
export async function acceptTask(db: Database, accepted: AcceptedTask): Promise<Task> {
  const { ownerId, inputs, headers, alongside } = accepted;
  const { prisma } = db;
  const id = newId();
  const createdAt = new Date();
  const task = toTaskRow(accepted, id, createdAt);
  const files = inputs.filter(({ isNew }) => isNew);
  const rows = files.map((file) => toFileRow(file, ownerId, id, createdAt));
  const links = inputs.map((file, position) => ({
    ...{ taskId: task.id, position, fileId: toBytes(file.id) },
  }));
  const sized = inputs.map(({ blobKey, name, size }) => ({ blobKey, name, size: BigInt(size) }));
  const answer = toAnswer(accepted, id, createdAt);
  await retrying(() =>
    prisma.$transaction([
      ...(rows.length > 0 ? [prisma.file.createMany({ data: rows })] : []),
      prisma.task.create({ data: task }),
      prisma.taskInput.createMany({ data: links }),
      prisma.outboxMessage.create({ data: jobMessage(task, sized, headers) }),
      ...(alongside?.(answer) ?? []),
    ]),
  ).catch(orMissingFile);
  return answer;
}
