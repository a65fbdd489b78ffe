import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { Refusal } from '../process/refusal.js';
import type { Layout } from './layout.js';

/** The data cannot be read without these. */
const lasting = ['databasePassword', 'brokerPassword', 'keyEncryptionKey'] as const;

const names = [
  ...lasting,
  'tasksStorageKey',
  'filesStorageKey',
  'compressorStorageKey',
  'downloadKey',
  'taskSecretsKey',
  'mailSecretsKey',
  'webhookSecretsKey',
] as const;

/** Each 32 random bytes, base64url. */
export type Secrets = Record<(typeof names)[number], string>;

const makeSecrets = () =>
  Object.fromEntries(names.map((name) => [name, randomBytes(32).toString('base64url')])) as Secrets;

function writeSecrets(file: string, secrets: Secrets): void {
  writeFileSync(`${file}.partial`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.partial`, file);
}

/** What an older version did not know is made and added. */
function readSecrets(file: string): Secrets {
  let read: Partial<Secrets> = {};
  try {
    read = JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  if (!lasting.every((name) => typeof read[name] === 'string')) {
    throw new Refusal(
      `${file} cannot be read. Restore it, or delete the whole directory to start from scratch.`,
    );
  }
  const secrets = { ...makeSecrets(), ...read };
  if (names.some((name) => read[name] === undefined)) writeSecrets(file, secrets);
  return secrets;
}

/**
 * The secrets of this data directory, made at the first call. Refuses to make new ones for a database that
 * exists: its signing keys could never be opened again.
 */
export function loadSecrets(dirs: Layout): Secrets {
  if (existsSync(dirs.secrets)) return readSecrets(dirs.secrets);
  if (existsSync(dirs.database) || existsSync(dirs.databaseContainer)) {
    throw new Refusal(
      `${dirs.secrets} is missing, but its database exists. Restore it, or delete ${dirs.dataDir} to start from scratch.`,
    );
  }
  const secrets = makeSecrets();
  writeSecrets(dirs.secrets, secrets);
  return secrets;
}
