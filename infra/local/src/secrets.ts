import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Layout } from './layout.js';
import { Refusal } from './refusal.js';

const names = [
  'databasePassword',
  'brokerPassword',
  'keyEncryptionKey',
  'tasksStorageKey',
  'filesStorageKey',
  'compressorStorageKey',
  'downloadKey',
] as const;

/** Each 32 random bytes, base64url. */
export type Secrets = Record<(typeof names)[number], string>;

const makeSecrets = () =>
  Object.fromEntries(names.map((name) => [name, randomBytes(32).toString('base64url')])) as Secrets;

function readSecrets(file: string): Secrets {
  try {
    const read = JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>;
    if (names.every((name) => typeof read[name] === 'string')) return read as Secrets;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new Refusal(
    `${file} cannot be read. Restore it, or remove the whole directory to start anew.`,
  );
}

/**
 * The secrets of this data directory, made at the first call. Refuses to make new ones for a database that
 * exists: its signing keys could never be opened again.
 */
export function loadSecrets(dirs: Layout): Secrets {
  if (existsSync(dirs.secrets)) return readSecrets(dirs.secrets);
  if (existsSync(dirs.database) || existsSync(dirs.databaseContainer)) {
    throw new Refusal(
      `${dirs.secrets} is gone while its database is there. Restore it, or remove ${dirs.dataDir} to start anew.`,
    );
  }
  const secrets = makeSecrets();
  const partial = `${dirs.secrets}.partial`;
  writeFileSync(partial, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(partial, dirs.secrets);
  return secrets;
}
