import { readConfig } from '@comprimemelo/service/config';
import {
  BaseUrl,
  processConfig,
  SecretKey,
  SecretKeys,
} from '@comprimemelo/service/process/process-config';
import Type, { type Static } from 'typebox';
import { defaultLimits, type ExtractionLimits } from './job/extraction-limits.js';

const Config = Type.Object({
  ...processConfig,
  AMQP_URL: Type.String({ pattern: '^amqps?://' }),
  STORAGE_URL: BaseUrl,
  STORAGE_KEY: SecretKey,
  /** Decrypts archive passwords. Shared by tasks and every compressor. */
  TASK_SECRETS_KEY: SecretKeys,
  /** The disk of storage, if this worker has access to it: inputs then bypass HTTP. */
  BLOB_ROOT: Type.Optional(Type.String({ minLength: 1 })),
  SCRATCH_DIR: Type.String({ description: 'For this process alone' }),
  /** Concurrent jobs; default: the number of cores of the machine or the cgroup. */
  CONCURRENCY: Type.Optional(Type.Integer({ minimum: 1 })),
  /** Bytes of memory for all 7-Zip processes together; default: 60 % of the memory of the machine or the cgroup. */
  MEMORY_BUDGET: Type.Optional(Type.Integer({ minimum: 512 * 1024 * 1024 })),
  /** Bytes that come out of any archive; beyond, EXTRACT_RATIO holds. */
  EXTRACT_FREE_BYTES: Type.Integer({ minimum: 1, default: defaultLimits.ratioFrom }),
  /** Bytes that may come out of an archive for each of its own. */
  EXTRACT_RATIO: Type.Integer({ minimum: 1, default: defaultLimits.ratio }),
  /** The most bytes that come out of one archive. */
  EXTRACT_BYTES: Type.Integer({ minimum: 1, default: defaultLimits.bytes }),
  /** The most entries that come out of one archive. */
  EXTRACT_ENTRIES: Type.Integer({ minimum: 1, default: defaultLimits.entries }),
  /** 1: refuse to start without the full sandbox. */
  REQUIRE_SANDBOX: Type.Enum(['0', '1'], { default: '0' }),
  VERIFY: Type.Enum(['listing', 'full'], { default: 'listing' }),
});
export type Config = Static<typeof Config>;

/** Validates the environment. Throws a ConfigError that names every invalid variable. */
export const loadConfig = (env?: Record<string, string | undefined>): Config =>
  readConfig(Config, env);

/** What a worker with these settings extracts from one archive. */
export const extractionLimits = (config: Config): ExtractionLimits => ({
  bytes: config.EXTRACT_BYTES,
  entries: config.EXTRACT_ENTRIES,
  ratio: config.EXTRACT_RATIO,
  ratioFrom: config.EXTRACT_FREE_BYTES,
});
