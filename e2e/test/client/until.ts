import { setTimeout as pause } from 'node:timers/promises';

/** Looks again and again until it holds. What never does is ended by the test's own timeout. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(100);
}
