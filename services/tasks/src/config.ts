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
  /** Seals the passwords of archives: the same for tasks and every compressor. */
  TASK_SECRETS_KEY: SecretKeys,
  JWKS_URL: BaseUrl,
  /** All files of one request together, in bytes. */
  MAX_UPLOAD_BYTES: Type.Integer({ default: limits.uploadBytes, minimum: 1 }),
  /** Streams of events that are open at once; each takes about 30 kB of memory. */
  MAX_STREAMS: Type.Integer({ default: 5_000, minimum: 1 }),
});
export type Config = Static<typeof Config>;

/** The environment, validated. Throws a ConfigError that names every variable at fault. */
export const loadConfig = (env?: Record<string, string | undefined>): Config =>
  readConfig(Config, env);
