import type { TaskEnded } from '@comprimemelo/contracts/messages';
import type { Transaction } from '@comprimemelo/prisma/client/client';
import type { Task } from '@comprimemelo/prisma/generated/client';
import { writeEndedMessage } from './ended-email.js';
import { writeWebhookEvent } from './ended-webhook.js';

/** Writes whatever is to be sent about an ended task, in the transaction that ends it. */
export async function writeTaskEnded(
  tx: Transaction,
  task: Task,
  type: TaskEnded['type'],
  trace: Record<string, string | undefined>,
): Promise<void> {
  await writeEndedMessage(tx, task, type, trace);
  await writeWebhookEvent(tx, task, type, trace);
}
