import { availableParallelism } from 'node:os';
import { ProblemError } from '@comprimemelo/service/problem-error';
import { hash, verify } from '@node-rs/argon2';
import pLimit from 'p-limit';

// Source: OWASP Password Storage Cheat Sheet, argon2id; memory in KiB. Argon2id is the library's default.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const cores = availableParallelism();
// More at once than cores only makes each wait longer. One core does about 50 a second, so this many
// waiting are served within 10 s.
const limit = pLimit(cores);
const mostWaiting = cores * 500;

function queued<T>(work: () => Promise<T>): Promise<T> {
  if (limit.pendingCount < mostWaiting) return limit(work);
  throw new ProblemError('unavailable', {
    detail: 'Too many people are signing up or logging in at this moment.',
    headers: { 'retry-after': '10' },
  });
}

/** The password's hash in PHC string format. Throws `unavailable` when the queue is full. */
export const hashPassword = (password: string): Promise<string> =>
  queued(() => hash(password, cost));

let decoy: Promise<string> | undefined;

/**
 * Whether `password` belongs to `passwordHash`. Without a hash (no such account) the same work is done on
 * a decoy, so that the time taken does not tell who has an account.
 */
export async function passwordMatches(
  passwordHash: string | undefined,
  password: string,
): Promise<boolean> {
  decoy ??= hash('no account has this password', cost);
  const against = passwordHash ?? (await decoy);
  const matches = await queued(() => verify(against, password));
  return matches && passwordHash !== undefined;
}
