import type { JobCancelled, TaskChanged } from '@comprimemelo/contracts/messages';
import { exchanges } from '@comprimemelo/contracts/queues';
import type { Publisher } from '@comprimemelo/messaging/publisher';

/** Tells the worker that has this attempt to stop. May be lost: then its next event is answered by another. */
export function announceCancel(
  publisher: Pick<Publisher, 'announce'>,
  { taskId, attempt }: JobCancelled,
): void {
  const body: JobCancelled = { taskId, attempt };
  publisher.announce({ exchange: exchanges.jobCancels, routingKey: taskId, body });
}

/** Tells whoever watches the task that its row is new, has changed, or is gone. Only a hint: it may be lost. */
export function announceChange(publisher: Pick<Publisher, 'announce'>, body: TaskChanged): void {
  publisher.announce({ exchange: exchanges.taskChanges, routingKey: body.taskId, body });
}
