import type { TaskProblem } from '@comprimemelo/contracts/problem';
import { type ProblemSlug, problems, problemType } from '@comprimemelo/contracts/problems';
import { isTerminal } from '@comprimemelo/contracts/states';
import type { Task } from '@comprimemelo/contracts/task';
import type { Transaction } from '@comprimemelo/prisma/client/client';
import { retrying } from '@comprimemelo/prisma/client/database-errors';
import { fromBytes, toBytes } from '@comprimemelo/prisma/client/identifiers';
import type { Task as StoredTask } from '@comprimemelo/prisma/generated/client';
import { toTask } from '@comprimemelo/prisma/lists/task-row';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import type { TasksDependencies } from '../dependencies.js';
import { newTask } from '../lifecycle/new-task.js';
import { announceChange } from '../outgoing/announce.js';
import { findInputs } from '../request/inputs.js';

export interface InspectionRequest {
  ownerId: string;
  fileId: string;
  /** Request id and trace context for the job message. */
  headers: Record<string, string>;
}

/** The newest inspect task with this file as its only input and no password. The caller has locked the file. */
async function newestInspection(tx: Transaction, fileId: string): Promise<StoredTask | null> {
  const [newest] = await tx.$queryRaw<{ id: Uint8Array<ArrayBuffer> }[]>`
    SELECT STRAIGHT_JOIN tasks.id FROM task_inputs JOIN tasks ON tasks.id = task_inputs.task_id
    WHERE task_inputs.file_id = ${toBytes(fileId)} AND tasks.operation = 'inspect'
      AND NOT tasks.has_password AND NOT EXISTS (
        SELECT 1 FROM task_inputs AS another
        WHERE another.task_id = tasks.id AND another.position > 0)
    ORDER BY tasks.id DESC LIMIT 1`;
  return newest === undefined ? null : tx.task.findUnique({ where: { id: newest.id } });
}

const slugOf = ({ type }: TaskProblem): ProblemSlug =>
  (Object.keys(problems) as ProblemSlug[]).find((slug) => problemType(slug) === type) ??
  'processing-failed';

/** Inspecting the same file fails the same way again, so the known failure is returned immediately. */
function refuseFailed({ id, status, error }: StoredTask): void {
  if (status !== 'failed' || error === null) return;
  const problem = JSON.parse(error) as TaskProblem;
  const said = problem.detail ?? problem.title;
  const detail = `${said} (from task ${fromBytes(id)}; use retryTask to try again)`;
  throw new ProblemError(slugOf(problem), { detail });
}

async function findOrMake(
  tx: Transaction,
  make: () => ReturnType<typeof newTask>,
  { ownerId, fileId }: InspectionRequest,
): Promise<{ task: Task; isNew: boolean }> {
  // Locked, so that of two concurrent requests one creates the task and the other finds it.
  const locked = await tx.$queryRaw<unknown[]>`SELECT id FROM files
    WHERE id = ${toBytes(fileId)} AND owner_id = ${toBytes(ownerId)} FOR UPDATE`;
  if (locked.length === 0) throw new ProblemError('file-not-found');
  const newest = await newestInspection(tx, fileId);
  if (newest !== null && !isTerminal(newest.status)) return { task: toTask(newest), isNew: false };
  if (newest !== null) refuseFailed(newest);
  const { answer, writes } = make();
  for (const write of writes(tx)) await write;
  return { task: answer, isNew: true };
}

/**
 * The task that inspects this file: one that is unfinished, or a new one, which sends no e-mail. Throws
 * `file-not-found`, or the problem of the newest inspection if that one failed.
 */
export async function startInspection(
  { db, relay, publisher, secretsKey }: TasksDependencies,
  requested: InspectionRequest,
): Promise<Task> {
  const { ownerId, headers } = requested;
  const inputs = await findInputs(db, ownerId, [requested.fileId]);
  const plan = { operation: 'inspect' as const, format: null, options: {}, password: undefined };
  const make = () => newTask({ ownerId, plan, inputs, headers, secretsKey, quiet: true });
  const { task, isNew } = await retrying(() =>
    db.prisma.$transaction((tx) => findOrMake(tx, make, requested)),
  );
  if (isNew) {
    relay.wake();
    announceChange(publisher, { taskId: task.id, ownerId });
  }
  return task;
}
