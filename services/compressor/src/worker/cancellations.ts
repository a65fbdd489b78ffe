import type { ConversionJob, JobCancelled } from '@comprimemelo/contracts/messages';

/** Nobody wants the job's result any more. */
export class JobCancelledError extends Error {
  override name = 'JobCancelledError';
}

/** The jobs that this worker has, each by its task and attempt. */
export interface Cancels {
  /** Aborts that job, where it is here: running, or delivered and waiting for a slot. */
  cancel(job: JobCancelled): void;
  /** Works with a signal that `cancel` aborts. */
  runCancellable<T>(job: ConversionJob, work: (cancelled: AbortSignal) => Promise<T>): Promise<T>;
}

const keyOf = ({ taskId, attempt }: JobCancelled): string => `${taskId} ${attempt}`;

export function createCancels(): Cancels {
  /** Of one attempt there may be two for a moment: a lost delivery ends while it comes again. */
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
