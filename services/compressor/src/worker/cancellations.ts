import type { ConversionJob, JobCancelled } from '@comprimemelo/contracts/messages';

/** The result of the job is no longer wanted. */
export class JobCancelledError extends Error {
  override name = 'JobCancelledError';
}

/** The jobs of this worker, identified by task and attempt. */
export interface Cancels {
  /** Aborts the job if this worker has it, running or waiting for a slot. */
  cancel(job: JobCancelled): void;
  /** Runs `work` with a signal that `cancel` aborts. */
  runCancellable<T>(job: ConversionJob, work: (cancelled: AbortSignal) => Promise<T>): Promise<T>;
}

const keyOf = ({ taskId, attempt }: JobCancelled): string => `${taskId} ${attempt}`;

export function createCancels(): Cancels {
  /** An attempt can briefly be here twice: a lost delivery is ending while it is redelivered. */
  const running = new Set<{ key: string; controller: AbortController }>();
  return {
    cancel(job) {
      const key = keyOf(job);
      for (const one of running) if (one.key === key) one.controller.abort(new JobCancelledError());
    },
    async runCancellable(job, work) {
      const one = { key: keyOf(job), controller: new AbortController() };
      running.add(one);
      try {
        return await work(one.controller.signal);
      } finally {
        running.delete(one);
      }
    },
  };
}
