import { hash, verify } from '@node-rs/argon2';
import { createHashQueue, type HashQueue } from './hash-queue.js';

// Source: OWASP Password Storage Cheat Sheet, argon2id; memory in KiB. Argon2id is the library's default.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export interface Passwords {
  /** See HashQueue. Requests that call `hash` or `matches` must run inside it. */
  admit: HashQueue['admit'];
  /** Hashes the UTF-8 bytes of the password. Returns a PHC string. */
  hash(password: string): Promise<string>;
  /**
   * Whether `password` matches `passwordHash`. Without a hash (no such account) the same work is done with a decoy, so
   * that timing does not reveal which accounts exist.
   */
  matches(passwordHash: string | undefined, password: string): Promise<boolean>;
}

/** Hashes passwords within the limits of the queue. Creates the decoy first, which also measures the duration. */
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
