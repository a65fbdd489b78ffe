/** How an e-mail that cannot go now is waited for; milliseconds. */
export interface RetryPolicy {
  /** After the first failure; doubles with each. */
  firstPause: number;
  longestPause: number;
  /** A delivery is held this long, then its message goes to the end of the queue. */
  hold: number;
  /** From the first failure on. */
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

/** The pause after that many failures before this one. */
export const pauseAfter = (tries: number, { firstPause, longestPause }: RetryPolicy): number =>
  Math.min(firstPause * 2 ** tries, longestPause);
