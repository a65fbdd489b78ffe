import type { TaskEnded } from '@comprimemelo/contracts/messages';
import type { Transaction } from '@comprimemelo/prisma/client/client';
import type { Task } from '@comprimemelo/prisma/generated/client';
import { writeEndedMessage } from './ended-email.js';
import { writeWebhookEvent } from './ended-webhook.js';

/** Writes all messages about a finished task to the outbox, in the transaction that finishes it. */
export async function writeTaskEnded(
  tx: Transaction,
  task: Task,
  type: TaskEnded['type'],
  trace: Record<string, string | undefined>,
): Promise<void> {
  await writeEndedMessage(tx, task, type, trace);
  await writeWebhookEvent(tx, task, type, trace);
}
