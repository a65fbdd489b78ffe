import type { ConversionJob, TaskEvent } from '@comprimemelo/contracts/messages';
import type { TaskProblem } from '@comprimemelo/contracts/problem';
import { exchanges } from '@comprimemelo/contracts/queues';
import type { Message } from '@comprimemelo/messaging/message';
import type { Publisher } from '@comprimemelo/messaging/publisher';
import { v7 } from 'uuid';
import type { JobOutcome } from './run-job.js';

/** The events of one job. All except progress are confirmed by the broker, or reject. */
export interface JobEvents {
  started(): Promise<void>;
  progress(percent: number): void;
  completed(outcome: JobOutcome): Promise<void>;
  failed(error: TaskProblem): Promise<void>;
}

/** Creates the events of the job in this message, with the request id that caused it. */
export function createJobEvents(
  publisher: Publisher,
  { body, trace }: Pick<Message<ConversionJob>, 'body' | 'trace'>,
): JobEvents {
  const { taskId, attempt } = body;
  const outgoing = (event: TaskEvent) => ({
    exchange: exchanges.taskEvents,
    routingKey: event.type,
    body: event,
    headers: trace,
  });
  const publish = (event: TaskEvent) => publisher.publish(outgoing(event));
  return {
    started: () => publish({ type: 'task.started', taskId, attempt }),
    progress: (progress) =>
      publisher.announce(outgoing({ type: 'task.progress', taskId, attempt, progress })),
    completed: (outcome) =>
      publish({ type: 'task.completed', taskId, attempt, runId: v7(), ...outcome }),
    failed: (error) => publish({ type: 'task.failed', taskId, attempt, error }),
  };
}
