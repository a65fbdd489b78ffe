import type { Database } from '@comprimemelo/prisma/client/client';
import { ProblemError } from '@comprimemelo/service/http/problem-error';
import {
  type Count,
  countedId,
  countWithDelay,
  type Delays,
  forgetCount,
  readCount,
} from './attempt-counts.js';

export interface AccountDelay {
  /** Under what the failures of an account are counted. */
  idOf(subject: string): Buffer;
  /** Throws `too-many-attempts` while the account has to wait. */
  judge(counted: Count): void;
  /** Counts a wrong password. Throws `too-many-attempts` where others have begun a delay meanwhile. */
  fail(subject: string): Promise<void>;
  /** Forgets the failures. */
  clear(subject: string): Promise<void>;
}

/** Seconds that are named where the delay is over before it could be read. */
const least = 1;

const tooMany = (wait: number) =>
  new ProblemError('too-many-attempts', {
    detail: 'The password was wrong too often.',
    headers: { 'retry-after': String(Math.max(least, Math.ceil(wait / 1_000))) },
  });

/**
 * Makes each further wrong password for an account cost a longer wait, at all instances. A password is
 * checked before the failure is counted, so that many right ones may come at once; of wrong ones that come
 * at once, no more than the free ones are told that they were wrong.
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
