/** How an e-mail is retried; all in milliseconds. */
export interface RetryPolicy {
  /** After the first failure; doubles with each. */
  firstPause: number;
  longestPause: number;
  /** How long a delivery is held before its message goes to the end of the queue. */
  hold: number;
  /** Counted from the first failure. */
  giveUp: number;
}

const minute = 60_000;

/** `hold` stays below RabbitMQ's consumer_timeout of 30 minutes; `giveUp` is from RFC 5321, 4.5.4.1. */
export const defaultRetryPolicy: RetryPolicy = {
  firstPause: 1_000,
  longestPause: 5 * minute,
  hold: 15 * minute,
  giveUp: 4 * 24 * 60 * minute,
};

/** The pause after `tries` earlier failures. */
export const pauseAfter = (tries: number, { firstPause, longestPause }: RetryPolicy): number =>
  Math.min(firstPause * 2 ** tries, longestPause);
