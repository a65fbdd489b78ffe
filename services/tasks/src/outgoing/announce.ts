import type { JobCancelled, TaskChanged } from '@comprimemelo/contracts/messages';
import { exchanges } from '@comprimemelo/contracts/queues';
import type { Publisher } from '@comprimemelo/messaging/publisher';

/** Tells the worker of this attempt to stop. If the message is lost, the next event of the worker triggers another. */
export function announceCancel(
  publisher: Pick<Publisher, 'announce'>,
  { taskId, attempt }: JobCancelled,
): void {
  const body: JobCancelled = { taskId, attempt };
  publisher.announce({ exchange: exchanges.jobCancels, routingKey: taskId, body });
}

/** Notifies streams that a task row was created, changed or deleted. This is only a hint and may be lost. */
export function announceChange(publisher: Pick<Publisher, 'announce'>, body: TaskChanged): void {
  publisher.announce({ exchange: exchanges.taskChanges, routingKey: body.taskId, body });
}
