const minute = 60_000;
const hour = 60 * minute;

/**
 * Milliseconds between one try and the next: nine tries over 27 hours. The first pauses bridge a restart of the
 * receiver, the last a day's absence.
 */
export const usualPauses: readonly number[] = [
  5_000,
  minute,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  10 * hour,
];

/** The longest pause that a receiver may ask for by Retry-After. */
const longestRequested = 12 * hour;

/** Up to so much more or less: what failed together is not tried again together. */
const jitter = 0.1;

/**
 * Milliseconds until the next try after `tries` that have failed; undefined after the last one. `requested` is what
 * the receiver asks for: it can make a pause longer, within bounds, and never shorter.
 */
export function nextPause(
  tries: number,
  requested = 0,
  pauses: readonly number[] = usualPauses,
): number | undefined {
  const pause = pauses[tries - 1];
  if (pause === undefined) return undefined;
  const spread = 1 + jitter * (2 * Math.random() - 1);
  return Math.round(Math.max(pause * spread, Math.min(requested, longestRequested)));
}
