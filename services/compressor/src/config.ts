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
  AMQP_URL: Type.String({ pattern: '^amqps?://' }),
  STORAGE_URL: BaseUrl,
  STORAGE_KEY: SecretKey,
  /** Seals the passwords of archives: the same for tasks and every compressor. */
  TASK_SECRETS_KEY: SecretKeys,
  /** The disk of storage, where this worker has it too: inputs need not come over HTTP then. */
  BLOB_ROOT: Type.Optional(Type.String({ minLength: 1 })),
  SCRATCH_DIR: Type.String({ description: 'For this process alone' }),
  /** Jobs at once; absent: the cores that the machine or the cgroup has. */
  CONCURRENCY: Type.Optional(Type.Integer({ minimum: 1 })),
  /** Bytes of memory that all 7-Zips take together; absent: 60 % of what the machine or the cgroup has. */
  MEMORY_BUDGET: Type.Optional(Type.Integer({ minimum: 512 * 1024 * 1024 })),
  /** 1: no start without the full sandbox. */
  REQUIRE_SANDBOX: Type.Enum(['0', '1'], { default: '0' }),
  VERIFY: Type.Enum(['listing', 'full'], { default: 'listing' }),
});
export type Config = Static<typeof Config>;

/** The environment, validated. Throws a ConfigError that names every variable at fault. */
export const loadConfig = (env?: Record<string, string | undefined>): Config =>
  readConfig(Config, env);
