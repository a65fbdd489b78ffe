import type { JobCancelled, TaskChanged } from '@comprimemelo/contracts/messages';
import { exchanges } from '@comprimemelo/contracts/queues';
import { activeStatuses } from '@comprimemelo/contracts/states';
import type { Publisher } from '@comprimemelo/messaging/publisher';
import type { Database } from '@comprimemelo/prisma/client/client';
import { toBytes } from '@comprimemelo/prisma/client/identifiers';
import type { Logger } from '@comprimemelo/service/process/logger';
import type { StorageClient } from '@comprimemelo/storage-client/storage-client';

export interface TaskEventDependencies {
  db: Database;
  storage: StorageClient;
  publisher: Pick<Publisher, 'announce'>;
  relay: { wake(): void };
  logger: Logger;
}

/** Of which attempt of which task an event tells. */
export interface Attempt {
  taskId: string;
  attempt: number;
}

/**
 * The compare of compare-and-set: this attempt of the task, as long as it has not ended. The first event
 * that ends it wins; every later one finds no row.
 */
export const openAttempt = ({ taskId, attempt }: Attempt) => ({
  id: toBytes(taskId),
  attempt,
  status: { in: [...activeStatuses] },
  // A run whose many results are being entered has won already.
  runId: null,
});

/** The same for the run whose results are being entered. */
export const openRun = ({ runId, ...attempt }: Attempt & { runId: string }) => ({
  ...openAttempt(attempt),
  runId: toBytes(runId),
});

/** What the end of a task sets, whichever end: its password is forgotten. */
export const endedColumns = (finishedAt: Date) => ({
  ...{ finishedAt, touchedAt: finishedAt, sealedPassword: null, runId: null },
});

/** Tells the worker that has this attempt to stop. May be lost: then its next event is answered by another. */
export function announceCancel(
  publisher: Pick<Publisher, 'announce'>,
  { taskId, attempt }: Attempt,
): void {
  const body: JobCancelled = { taskId, attempt };
  publisher.announce({ exchange: exchanges.jobCancels, routingKey: taskId, body });
}

/** Tells whoever watches the task that its row is new, has changed, or is gone. Only a hint: it may be lost. */
export function announceChange(publisher: Pick<Publisher, 'announce'>, body: TaskChanged): void {
  publisher.announce({ exchange: exchanges.taskChanges, routingKey: body.taskId, body });
}
