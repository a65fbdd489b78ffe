import { activeStatuses } from '@comprimemelo/contracts/states';
import { toBytes } from '@comprimemelo/prisma/client/identifiers';

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
  finishedAt,
  touchedAt: finishedAt,
  sealedPassword: null,
  runId: null,
});
