import { availableParallelism } from 'node:os';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import pLimit from 'p-limit';

export interface HashQueue {
  /**
   * Handles a request that will hash a password. Throws `unavailable` immediately, before any other work, if its
   * estimated wait exceeds the limit.
   */
  admit<T>(answer: () => Promise<T>): Promise<T>;
  /** Runs `hash` when its turn comes. Throws `unavailable` if that takes longer than the limit. */
  run<T>(hash: () => Promise<T>): Promise<T>;
}

export interface HashQueueOptions {
  /** Concurrent hashes. More than the number of cores only makes each one slower. */
  atOnce?: number;
  /** Maximum wait in milliseconds. */
  longestWait?: number;
  /** Estimated duration of a hash in milliseconds until the first one is measured. Without it no wait is estimated. */
  firstGuess?: number;
}

/** Weight of one hash in the moving average: about the last ten count. */
const weight = 0.1;

const busy = (wait: number) =>
  new ProblemError('unavailable', {
    detail: 'Too many sign-ups and log-ins are in progress. Try again shortly.',
    headers: { 'retry-after': String(Math.max(1, Math.ceil(wait / 1_000))) },
  });

/** A queue that estimates the wait of a new request from the duration of recent hashes. */
export function createHashQueue(options: HashQueueOptions = {}): HashQueue {
  const { atOnce = availableParallelism(), longestWait = 10_000, firstGuess } = options;
  const limit = pLimit(atOnce);
  let mean = firstGuess;
  // Counted from the start of a request, because requests that still query the database will hash soon.
  let places = 0;

  async function timed<T>(hash: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const result = await hash();
    const took = performance.now() - began;
    mean = mean === undefined ? took : mean + (took - mean) * weight;
    return result;
  }

  return {
    async admit(answer) {
      const wait = Math.floor(places / atOnce) * (mean ?? 0);
      if (wait > longestWait) throw busy(wait);
      places += 1;
      try {
        return await answer();
      } finally {
        places -= 1;
      }
    },
    run(hash) {
      const asked = performance.now();
      return limit(() => {
        if (performance.now() - asked > longestWait) throw busy(longestWait);
        return timed(hash);
      });
    },
  };
}
