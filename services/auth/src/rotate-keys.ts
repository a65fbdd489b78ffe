import { openDatabase } from '@comprimemelo/prisma/client/client';
import { ConfigError } from '@comprimemelo/service/config';
import { loadRotationConfig } from './config.js';
import { rotateSigningKeys } from './tokens/rotate-signing-keys.js';
import { generateKey, loadSigningKeys } from './tokens/signing-keys.js';

/** Replaces the signing key. Runs as a separate program with the environment of auth. */
async function rotate(): Promise<void> {
  const config = loadRotationConfig();
  const db = openDatabase(config.DATABASE_URL);
  try {
    const encryptionKey = config.KEY_ENCRYPTION_KEY;
    // Checks the encryption key: with a different one, no instance could read the new signing key.
    await loadSigningKeys(db, encryptionKey);
    const accessTokenSeconds = config.ACCESS_TOKEN_SECONDS;
    const rotation = { key: generateKey(), encryptionKey, accessTokenSeconds };
    const { kid, signsFrom, retiresAt } = await rotateSigningKeys(db, rotation);
    console.log(`The key ${kid} is published. It signs from ${signsFrom.toISOString()} on;`);
    console.log(
      `what was signed before stays valid, and the old keys go ${retiresAt.toISOString()}.`,
    );
  } finally {
    await db.close();
  }
}

try {
  await rotate();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(`The keys cannot be rotated: ${error.message}`);
  process.exitCode = 1;
}
