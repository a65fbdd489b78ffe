import { limits } from '@comprimemelo/contracts/limits';
import { readConfig } from '@comprimemelo/service/config';
import {
  BaseUrl,
  processConfig,
  SecretKey,
  SecretKeys,
} from '@comprimemelo/service/process/process-config';
import Type, { type Static } from 'typebox';

const Config = Type.Object({
  ...processConfig,
  DATABASE_URL: Type.String({ minLength: 1 }),
  AMQP_URL: Type.String({ minLength: 1 }),
  STORAGE_URL: BaseUrl,
  /** The secret that tasks and storage share. */
  STORAGE_KEY: SecretKey,
  /** Encrypts archive passwords. Shared with every compressor. */
  TASK_SECRETS_KEY: SecretKeys,
  JWKS_URL: BaseUrl,
  /** Total size of the files in one request, in bytes. */
  MAX_UPLOAD_BYTES: Type.Integer({ default: limits.uploadBytes, minimum: 1 }),
  /** Maximum number of open event streams; each uses about 30 kB of memory. */
  MAX_STREAMS: Type.Integer({ default: 5_000, minimum: 1 }),
});
export type Config = Static<typeof Config>;

/** Validates the environment. Throws a ConfigError that names every invalid variable. */
export const loadConfig = (env?: Record<string, string | undefined>): Config =>
  readConfig(Config, env);
