import type { Database } from '@comprimemelo/prisma/client/client';
import type { Logger } from '@comprimemelo/service/process/logger';
import { provideFirstKey, provideGivenKey, type Rotation } from './rotate-signing-keys.js';
import { generateKey, loadSigningKeys, readGivenKey, type SigningKey } from './signing-keys.js';

export interface KeyRing {
  /** The key that signs now: the newest whose time has come. */
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
  /** Milliseconds between two looks at the database: far less than a new key's lead. */
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

/** The signing keys of the database, looked at again and again, so that every instance follows a rotation. */
export async function openKeyRing(options: KeyRingOptions): Promise<KeyRing> {
  const { db, logger, encryptionKey, interval = usualInterval } = options;
  let keys = await provideKeys(options);
  const timer = setInterval(() => {
    loadSigningKeys(db, encryptionKey).then(
      (loaded) => {
        keys = loaded;
      },
      (err: unknown) => logger.error({ err }, 'the signing keys were not read again'),
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
