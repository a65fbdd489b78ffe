import type { Transaction } from '@comprimemelo/prisma/client/client';
import { toBytes } from '@comprimemelo/prisma/client/identifiers';
import type { Task } from '@comprimemelo/prisma/generated/client';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';

/** The task `id` of this owner, locked until the transaction ends. Throws `task-not-found`. */
export async function lockTask(tx: Transaction, ownerId: string, id: string): Promise<Task> {
  const where = { id: toBytes(id), ownerId: toBytes(ownerId) };
  const locked = await tx.$queryRaw<unknown[]>`
    SELECT id FROM tasks WHERE id = ${where.id} AND owner_id = ${where.ownerId} FOR UPDATE`;
  if (locked.length === 0) throw new ProblemError('task-not-found');
  return tx.task.findUniqueOrThrow({ where: { id: where.id } });
}
