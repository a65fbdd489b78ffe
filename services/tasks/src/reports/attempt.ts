import { activeStatuses } from '@comprimemelo/contracts/states';
import { toBytes } from '@comprimemelo/prisma/client/identifiers';

/** The task and the attempt that an event belongs to. */
export interface Attempt {
  taskId: string;
  attempt: number;
}

/**
 * The compare part of a compare-and-set: matches this attempt of the task while it is unfinished. The first event
 * that finishes it wins; later ones match no row.
 */
export const openAttempt = ({ taskId, attempt }: Attempt) => ({
  id: toBytes(taskId),
  attempt,
  status: { in: [...activeStatuses] },
  // A run whose results are being inserted has already won.
  runId: null,
});

/** The same for the run whose results are being inserted. */
export const openRun = ({ runId, ...attempt }: Attempt & { runId: string }) => ({
  ...openAttempt(attempt),
  runId: toBytes(runId),
});

/** The columns that every finish sets. The password is erased. */
export const endedColumns = (finishedAt: Date) => ({
  finishedAt,
  touchedAt: finishedAt,
  sealedPassword: null,
  runId: null,
});
