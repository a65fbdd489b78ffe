import type { Database } from '@comprimemelo/prisma/client/client';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import {
  type Count,
  countedId,
  countWithDelay,
  type Delays,
  forgetCount,
  readCount,
} from './attempt-counts.js';

export interface AccountDelay {
  /** The id under which the failures of an account are counted. */
  idOf(subject: string): Buffer;
  /** Throws `too-many-attempts` while the account has to wait. */
  judge(counted: Count): void;
  /** Counts a wrong password. Throws `too-many-attempts` if a concurrent attempt has started a delay. */
  fail(subject: string): Promise<void>;
  /** Resets the failures. */
  clear(subject: string): Promise<void>;
}

/** Seconds to report if the delay ends before it is read. */
const least = 1;

const tooMany = (wait: number) =>
  new ProblemError('too-many-attempts', {
    detail: 'The wrong password was sent too many times. Wait before you try again.',
    headers: { 'retry-after': String(Math.max(least, Math.ceil(wait / 1_000))) },
  });

/**
 * Delays further attempts after each wrong password for an account, across all instances. Passwords are checked before
 * failures are counted, so that many correct ones can be sent at once; of concurrent wrong ones, only as many as the
 * free failures learn that they were wrong.
 */
export function createAccountDelay({ pool }: Pick<Database, 'pool'>, delays: Delays): AccountDelay {
  const idOf = (subject: string) => countedId('account', subject);
  return {
    idOf,
    judge({ wait }) {
      if (wait > 0) throw tooMany(wait);
    },
    async fail(subject) {
      const id = idOf(subject);
      if (await countWithDelay(pool, id, delays)) return;
      const { wait } = await readCount(pool, id);
      throw tooMany(wait);
    },
    async clear(subject) {
      await forgetCount(pool, idOf(subject));
    },
  };
}
