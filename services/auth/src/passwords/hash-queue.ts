import { availableParallelism } from 'node:os';
import { ProblemError } from '@comprimemelo/service/http/problem-error';
import pLimit from 'p-limit';

export interface HashQueue {
  /**
   * Answers a request that will hash. Throws `unavailable` at once, before any other work, where its turn
   * would come later than the longest wait.
   */
  admit<T>(answer: () => Promise<T>): Promise<T>;
  /** Runs `hash` when it is its turn. Throws `unavailable` when that comes later than was reckoned. */
  run<T>(hash: () => Promise<T>): Promise<T>;
}

export interface HashQueueOptions {
  /** Hashes that run at the same time. More of them than cores only make each wait longer. */
  atOnce?: number;
  /** Milliseconds. */
  longestWait?: number;
  /** Milliseconds that a hash is taken to need before one has been seen; no wait is reckoned without. */
  firstGuess?: number;
}

/** How much of the mean a single hash makes: the last ten or so decide. */
const weight = 0.1;

const busy = (wait: number) =>
  new ProblemError('unavailable', {
    detail: 'Too many people are signing up or logging in at this moment.',
    headers: { 'retry-after': String(Math.max(1, Math.ceil(wait / 1_000))) },
  });

/** A queue that reckons by the time that the last hashes took how long a newcomer would wait. */
export function createHashQueue(options: HashQueueOptions = {}): HashQueue {
  const { atOnce = availableParallelism(), longestWait = 10_000, firstGuess } = options;
  const limit = pLimit(atOnce);
  let mean = firstGuess;
  // Counted from the start of a request: those that still ask the database will hash in a moment.
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
