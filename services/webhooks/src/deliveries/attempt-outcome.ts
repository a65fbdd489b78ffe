import { nextPause } from './retry-schedule.js';
import type { Answer } from './sender.js';

/** The outcome of an attempt. `pause` is the delay before the next one in milliseconds. */
export type Verdict = 'delivered' | 'failed' | { pause: number };

const gone = 410;

/** The receiver wants no further events. Source: the Standard Webhooks specification. */
export const isGone = (answer: Answer): boolean =>
  'statusCode' in answer && answer.statusCode === gone;

const isTaken = (answer: Answer): boolean =>
  'statusCode' in answer && answer.statusCode >= 200 && answer.statusCode < 300;

/** The verdict after attempt number `tries` of its round. */
export function verdictOf(answer: Answer, tries: number, pauses: readonly number[]): Verdict {
  if (isTaken(answer)) return 'delivered';
  if (isGone(answer)) return 'failed';
  const requested = 'retryAfter' in answer ? answer.retryAfter : undefined;
  const pause = nextPause(tries, requested, pauses);
  return pause === undefined ? 'failed' : { pause };
}
