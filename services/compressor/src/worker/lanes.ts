import type { Lane } from '@comprimemelo/contracts/queues';
import pLimit from 'p-limit';

/** How many jobs of each lane a worker takes at once, and all of them together. */
export interface Lanes {
  readonly concurrency: Readonly<Record<Lane, number>>;
  /** Waits for a slot, then works. */
  inSlot<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Shares the slots of a worker: at least two, of which large jobs never hold the last, so that a job of 5 GB
 * never holds up one of 10 kB.
 */
export function createLanes(concurrency: number): Lanes {
  const slots = Math.max(concurrency, 2);
  return { concurrency: { small: slots, large: slots - 1 }, inSlot: pLimit(slots) };
}
