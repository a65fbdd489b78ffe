import type { Task } from '@comprimemelo/contracts/task';
import type { Database } from '@comprimemelo/prisma/client/client';
import { getTask } from '@comprimemelo/prisma/lists/task-list';
import { toTask } from '@comprimemelo/prisma/lists/task-row';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';

/** The task `id` of this owner. Throws `task-not-found` if there is none or if it belongs to another account. */
export async function ownedTask(db: Database, ownerId: string, id: string): Promise<Task> {
  const row = await getTask(db.pool, ownerId, id);
  if (row === undefined) throw new ProblemError('task-not-found');
  return toTask(row);
}
