import type { Database } from '@comprimemelo/prisma/client/client';
import type { Logger } from '@comprimemelo/service/process/logger';
import { provideFirstKey, provideGivenKey, type Rotation } from './rotate-signing-keys.js';
import { generateKey, loadSigningKeys, readGivenKey, type SigningKey } from './signing-keys.js';

export interface KeyRing {
  /** The current signing key: the newest whose start time has passed. */
  current(): SigningKey;
  close(): void;
}

export interface KeyRingOptions {
  db: Database;
  logger: Logger;
  encryptionKey: string;
  accessTokenSeconds: number;
  /** A key from the environment; without one the first is generated. */
  given?: string | undefined;
  /** Milliseconds between two database reads; much less than the lead time of a new key. */
  interval?: number;
}

const usualInterval = 15_000;

async function provideKeys(options: KeyRingOptions): Promise<SigningKey[]> {
  const { db, encryptionKey, accessTokenSeconds, given } = options;
  const rotation = (key: Rotation['key']) => ({ key, encryptionKey, accessTokenSeconds });
  if (given === undefined) await provideFirstKey(db, rotation(generateKey()));
  else await provideGivenKey(db, rotation(readGivenKey(given)));
  return loadSigningKeys(db, encryptionKey);
}

/** The signing keys in the database, reloaded periodically so that every instance follows a rotation. */
export async function openKeyRing(options: KeyRingOptions): Promise<KeyRing> {
  const { db, logger, encryptionKey, interval = usualInterval } = options;
  let keys = await provideKeys(options);
  const timer = setInterval(() => {
    loadSigningKeys(db, encryptionKey).then(
      (loaded) => {
        keys = loaded;
      },
      (err: unknown) => logger.error({ err }, 'the signing keys could not be reloaded'),
    );
  }, interval);
  return {
    current() {
      const now = Date.now();
      const key = keys.find(({ signsFrom }) => signsFrom.getTime() <= now);
      if (key === undefined) throw new Error('no signing key is in use');
      return key;
    },
    close: () => clearInterval(timer),
  };
}
