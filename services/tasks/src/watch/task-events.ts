import type { TaskDeleted, TaskState } from '@comprimemelo/contracts/task';
import { eventText } from '@comprimemelo/service/http/event-stream';

/** Identifies the state of a task in a stream: equal only for equal states. */
export const stateId = ({ attempts, status, progress, resultCount }: TaskState): string =>
  `${attempts}-${status}-${progress}-${resultCount}`;

export const stateEvent = (data: TaskState, id?: string): string =>
  eventText({ id, event: 'task', data });

export const deletedEvent = (data: TaskDeleted, id?: string): string =>
  eventText({ id, event: 'deleted', data });
