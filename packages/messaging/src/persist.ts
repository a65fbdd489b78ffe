import { setTimeout as pause } from 'node:timers/promises';
import type { Outcome } from './message.js';

/** Milliseconds after the first failure, and the most that the pause grows to. */
const firstPause = 1_000;
const longestPause = 30_000;

/**
 * Repeats the attempt for as long as it says 'retry', with pauses that double from 1 s to 30 s.
 * Says 'retry' itself once `stop` is aborted or `timeout` (milliseconds) is over. An attempt never throws.
 */
export async function persist(
  attempt: () => Promise<Outcome>,
  { stop, timeout }: { stop: AbortSignal; timeout: number },
): Promise<Outcome> {
  const deadline = performance.now() + timeout;
  for (let wait = firstPause; ; wait = Math.min(wait * 2, longestPause)) {
    const outcome = await attempt();
    if (outcome !== 'retry' || stop.aborted || performance.now() >= deadline) return outcome;
    await pause(wait, undefined, { signal: stop }).catch(() => undefined);
    if (stop.aborted) return 'retry';
  }
}
