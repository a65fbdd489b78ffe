import type { Lane } from '@comprimemelo/contracts/queues';
import pLimit from 'p-limit';

/** The number of concurrent jobs per lane and in total. */
export interface Lanes {
  readonly concurrency: Readonly<Record<Lane, number>>;
  /** Waits for a slot, then runs `work`. */
  inSlot<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Shares the slots of a worker. There are at least two, and large jobs never occupy the last one, so that a 5 GB job
 * does not block a 10 kB job.
 */
export function createLanes(concurrency: number): Lanes {
  const slots = Math.max(concurrency, 2);
  return { concurrency: { small: slots, large: slots - 1 }, inSlot: pLimit(slots) };
}
