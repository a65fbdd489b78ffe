import { availableParallelism } from 'node:os';
import { readConfig } from '@comprimemelo/service/config';
import { BaseUrl, processConfig, SecretKey } from '@comprimemelo/service/process-config';
import Type, { type Static } from 'typebox';

const Config = Type.Object({
  ...processConfig,
  AMQP_URL: Type.String({ pattern: '^amqps?://' }),
  STORAGE_URL: BaseUrl,
  STORAGE_KEY: SecretKey,
  /** Seals the passwords of archives: the same for tasks and every compressor. */
  TASK_SECRETS_KEY: SecretKey,
  SCRATCH_DIR: Type.String({ description: 'For this process alone' }),
  CONCURRENCY: Type.Integer({ minimum: 1, default: availableParallelism() }),
  VERIFY: Type.Enum(['listing', 'full'], { default: 'listing' }),
});
export type Config = Static<typeof Config>;

/** The environment, validated. Throws a ConfigError that names every variable at fault. */
export const loadConfig = (env?: Record<string, string | undefined>): Config =>
  readConfig(Config, env);
