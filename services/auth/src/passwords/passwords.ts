import { hash, verify } from '@node-rs/argon2';
import { createHashQueue, type HashQueue } from './hash-queue.js';

// Source: OWASP Password Storage Cheat Sheet, argon2id; memory in KiB. Argon2id is the library's default.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export interface Passwords {
  /** See HashQueue: every request that calls the two below is answered within it. */
  admit: HashQueue['admit'];
  /** The password's hash in PHC string format, over its bytes in UTF-8 as they are. */
  hash(password: string): Promise<string>;
  /**
   * Whether `password` belongs to `passwordHash`. Without a hash (no such account) the same work is done on
   * a decoy, so that the time taken does not tell who has an account.
   */
  matches(passwordHash: string | undefined, password: string): Promise<boolean>;
}

/** Hashes passwords, as many at once as the queue lets. The decoy is made first, and its time measured. */
export async function createPasswords(queue: HashQueue = createHashQueue()): Promise<Passwords> {
  const decoy = await queue.run(() => hash('no account has this password', cost));
  return {
    admit: queue.admit,
    hash: (password) => queue.run(() => hash(password, cost)),
    async matches(passwordHash, password) {
      const matches = await queue.run(() => verify(passwordHash ?? decoy, password));
      return matches && passwordHash !== undefined;
    },
  };
}
