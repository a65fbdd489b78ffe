import type { TaskEnded } from '@comprimemelo/contracts/messages';
import { exchanges } from '@comprimemelo/contracts/queues';
import type { TaskFile } from '@comprimemelo/contracts/task';
import type { Transaction } from '@comprimemelo/prisma/client/client';
import { fromBytes } from '@comprimemelo/prisma/client/identifiers';
import type { Task } from '@comprimemelo/prisma/generated/client';
import { outboxMessage } from '@comprimemelo/prisma/outbox/outbox';

type Trace = Record<string, string | undefined>;

/** Writes the outbox row for the e-mail about a finished task, unless it is quiet or its owner was deleted. */
export async function writeEndedMessage(
  tx: Transaction,
  task: Task,
  type: TaskEnded['type'],
  trace: Trace,
): Promise<void> {
  if (task.quiet) return;
  const owner = await tx.user.findUnique({ where: { id: task.ownerId } });
  if (owner === null) return;
  const body: TaskEnded = {
    type,
    taskId: fromBytes(task.id),
    attempt: task.attempt,
    recipient: {
      name: owner.firstName ?? owner.username,
      email: owner.email,
      language: owner.language,
    },
    operation: task.operation,
    files: (JSON.parse(task.inputs) as TaskFile[]).map(({ name }) => name),
    resultCount: task.resultCount,
    error: task.error === null ? null : JSON.parse(task.error),
  };
  const headers = Object.fromEntries(
    Object.entries(trace).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const to = { exchange: exchanges.notifications, routingKey: type };
  await tx.outboxMessage.createMany({ data: [outboxMessage({ ...to, body, headers })] });
}
