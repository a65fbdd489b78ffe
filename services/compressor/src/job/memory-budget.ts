import { TaskFailure } from './task-failure.js';

/** Milliseconds after which no other job may overtake the first one in the queue. */
const overtakingTime = 60_000;

/** The memory shared by the jobs of this worker. */
export interface MemoryBudget {
  /** Total in bytes. */
  readonly bytes: number;
  /**
   * Waits until `bytes` are free, runs `work` and releases them. `work` must not acquire more of the budget: holding
   * and waiting could deadlock. Throws a TaskFailure `archive-too-demanding` if the budget is too small, or the reason
   * of the signal.
   */
  hold<T>(bytes: number, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
  /** As hold, for work that is no one function: what it returns gives the bytes back, and must be called once. */
  take(bytes: number, signal: AbortSignal): Promise<() => void>;
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
  /** In queue order. A job that fits may overtake one that does not, so that small jobs run while a large one waits. */
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
  const wait = (wanted: number, signal: AbortSignal) =>
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
  const take = async (wanted: number, signal: AbortSignal) => {
    if (wanted > bytes)
      throw new TaskFailure('archive-too-demanding', { detail: tooMuch(wanted, bytes) });
    await wait(wanted, signal);
    return () => {
      free += wanted;
      startWhatFits();
    };
  };
  return {
    bytes,
    take,
    async hold(wanted, signal, work) {
      const release = await take(wanted, signal);
      try {
        return await work();
      } finally {
        release();
      }
    },
  };
}

const tooMuch = (wanted: number, bytes: number) =>
  `The job needs ${wanted} bytes of memory, but a worker has only ${bytes}.`;
