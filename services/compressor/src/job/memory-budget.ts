import { TaskFailure } from './task-failure.js';

/** Milliseconds after which nothing passes the first of those that wait. */
const overtakingTime = 60_000;

/** The memory that the jobs of this worker share. */
export interface MemoryBudget {
  /** Bytes in all. */
  readonly bytes: number;
  /**
   * Waits until that many bytes are free, works, and gives them back. `work` takes no more of the budget: who
   * holds and waits could wait for ever. Throws a TaskFailure `archive-too-demanding` where the budget is
   * smaller, or the signal's reason.
   */
  hold<T>(bytes: number, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

interface Waiting {
  readonly bytes: number;
  readonly since: number;
  start(): void;
}

/** `now` gives milliseconds. */
export function createMemoryBudget(
  bytes: number,
  now: () => number = () => performance.now(),
): MemoryBudget {
  let free = bytes;
  let waiting: readonly Waiting[] = [];
  /** In their order; what fits passes what does not, so that small jobs go on while a large one waits. */
  const startWhatFits = () => {
    for (const one of waiting) {
      if (one.bytes <= free) {
        free -= one.bytes;
        waiting = waiting.filter((other) => other !== one);
        one.start();
      } else if (now() - one.since >= overtakingTime) {
        return;
      }
    }
  };
  const take = (wanted: number, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      signal.throwIfAborted();
      const leave = () => {
        waiting = waiting.filter((other) => other !== one);
        reject(signal.reason);
        startWhatFits();
      };
      const start = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const one: Waiting = { bytes: wanted, since: now(), start };
      signal.addEventListener('abort', leave, { once: true });
      waiting = [...waiting, one];
      startWhatFits();
    });
  return {
    bytes,
    async hold(wanted, signal, work) {
      if (wanted > bytes)
        throw new TaskFailure('archive-too-demanding', { detail: tooMuch(wanted, bytes) });
      await take(wanted, signal);
      try {
        return await work();
      } finally {
        free += wanted;
        startWhatFits();
      }
    },
  };
}

const tooMuch = (wanted: number, bytes: number) =>
  `It takes ${wanted} bytes of memory; ${bytes} can be given.`;
