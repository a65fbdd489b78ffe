import { nextPause } from './retry-schedule.js';
import type { Answer } from './sender.js';

/** What becomes of a delivery after a try: a pause in milliseconds leads to the next one. */
export type Verdict = 'delivered' | 'failed' | { pause: number };

const gone = 410;

/** The receiver wants nothing more, ever. Source: the Standard Webhooks specification. */
export const isGone = (answer: Answer): boolean =>
  'statusCode' in answer && answer.statusCode === gone;

const isTaken = (answer: Answer): boolean =>
  'statusCode' in answer && answer.statusCode >= 200 && answer.statusCode < 300;

/** The verdict after the try of this number in its round. */
export function verdictOf(answer: Answer, tries: number, pauses: readonly number[]): Verdict {
  if (isTaken(answer)) return 'delivered';
  if (isGone(answer)) return 'failed';
  const requested = 'retryAfter' in answer ? answer.retryAfter : undefined;
  const pause = nextPause(tries, requested, pauses);
  return pause === undefined ? 'failed' : { pause };
}
