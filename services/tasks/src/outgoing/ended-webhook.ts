import type { WebhookEvent } from '@comprimemelo/contracts/messages';
import { exchanges } from '@comprimemelo/contracts/queues';
import type { TaskEndType, TaskOutcome } from '@comprimemelo/contracts/webhook';
import type { Transaction } from '@comprimemelo/prisma/client/client';
import { fromBytes, newId } from '@comprimemelo/prisma/client/identifiers';
import type { Task } from '@comprimemelo/prisma/generated/client';
import { toTask } from '@comprimemelo/prisma/lists/task-row';
import { outboxMessage } from '@comprimemelo/prisma/outbox/outbox';

type Trace = Record<string, string | undefined>;

/** One indexed read, in a transaction that writes anyway. */
async function hasWebhooks(tx: Transaction, { ownerId }: Task): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM webhooks WHERE owner_id = ${ownerId} AND enabled LIMIT 1`;
  return rows.length > 0;
}

/** What a webhook receiver learns about a task: neither its files nor its options. */
function outcomeOf(row: Task, finishedAt: string): TaskOutcome {
  const { id, operation, status, format, resultCount, attempts, error, createdAt, startedAt } =
    toTask(row);
  return {
    id,
    operation,
    status: status as TaskOutcome['status'],
    format,
    resultCount,
    attempts,
    error,
    createdAt,
    startedAt,
    finishedAt,
  };
}

/** Writes the outbox row for the webhook event if the owner has webhooks and the task is not quiet. */
export async function writeWebhookEvent(
  tx: Transaction,
  task: Task,
  type: TaskEndType,
  headers: Trace,
): Promise<void> {
  if (task.quiet || !(await hasWebhooks(tx, task))) return;
  const timestamp = (task.finishedAt ?? new Date()).toISOString();
  const body: WebhookEvent = {
    eventId: newId(),
    ownerId: fromBytes(task.ownerId),
    payload: { type, timestamp, data: outcomeOf(task, timestamp) },
  };
  const to = { exchange: exchanges.webhookEvents, routingKey: type };
  await tx.outboxMessage.createMany({ data: [outboxMessage({ ...to, body, headers })] });
}
