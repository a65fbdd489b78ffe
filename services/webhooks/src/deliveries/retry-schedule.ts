const minute = 60_000;
const hour = 60 * minute;

/**
 * Milliseconds between attempts: nine attempts over 27 hours. The first pauses cover a restart of the receiver, the
 * last ones an outage of a day.
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

/** Maximum pause that a receiver can request with Retry-After. */
const longestRequested = 12 * hour;

/** Random variation, so that deliveries that failed together are not retried together. */
const jitter = 0.1;

/**
 * Milliseconds until the next attempt after `tries` failures; undefined after the last one. `requested` is the delay
 * that the receiver requests: it can lengthen a pause, up to a limit, but never shorten it.
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
