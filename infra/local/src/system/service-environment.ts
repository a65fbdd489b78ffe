import { join } from 'node:path';
import { nodeFlags } from '@comprimemelo/service/process/node-flags';
import type { Layout } from '../run/layout.js';
import type { Ports } from '../run/ports.js';
import type { Secrets } from '../run/secrets.js';

/** Every service, in the order of their start: the others call storage. */
export const serviceNames = [
  'storage',
  'auth',
  'tasks',
  'files',
  'compressor',
  'notifier',
  'webhooks',
] as const;
export type ServiceName = (typeof serviceNames)[number];

export type Environment = Record<string, string>;

export const serviceUrl = (ports: Ports, name: ServiceName): string =>
  `http://127.0.0.1:${ports[name]}`;

/** What a person may set in the environment of `npm start`, and which services take it. */
const settings: Record<ServiceName, readonly string[]> = {
  storage: [],
  auth: [
    'ACCESS_TOKEN_SECONDS',
    'REFRESH_TOKEN_DAYS',
    'SIGNING_KEY',
    'LOG_IN_FREE_FAILURES',
    'LOG_IN_LONGEST_DELAY',
    'LOG_IN_FAILURES_PER_ADDRESS',
    'SIGN_UPS_PER_ADDRESS',
    'PASSWORD_RESETS_PER_ADDRESS',
  ],
  tasks: [],
  files: [],
  compressor: [
    'CONCURRENCY',
    'VERIFY',
    'MEMORY_BUDGET',
    'REQUIRE_SANDBOX',
    'EXTRACT_FREE_BYTES',
    'EXTRACT_RATIO',
    'EXTRACT_BYTES',
    'EXTRACT_ENTRIES',
  ],
  notifier: ['SMTP_URL', 'MAIL_FROM'],
  webhooks: ['WEBHOOK_ALLOW_HTTP', 'WEBHOOK_ALLOW_PRIVATE'],
};

/** The settings of a service that are given in this environment. */
export function givenSettings(name: ServiceName, env: NodeJS.ProcessEnv): Environment {
  const given = ['LOG_LEVEL', ...settings[name]].map((key) => [key, env[key]] as const);
  return Object.fromEntries(
    given.filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== ''),
  );
}

/** The origin listens on 127.0.0.1 alone: there one address is everybody, load and tests among them. */
const quotas = {
  LOG_IN_FAILURES_PER_ADDRESS: '1000/900',
  SIGN_UPS_PER_ADDRESS: '100000/3600',
  PASSWORD_RESETS_PER_ADDRESS: '100/3600',
};

export interface Facts {
  ports: Ports;
  dirs: Layout;
  secrets: Secrets;
  databaseUrl: string;
  amqpUrl: string;
  publicUrl: string;
  /** Bytes. */
  maxUploadBytes: number;
}

/** What each service is told by its environment. */
export function serviceEnvironments(facts: Facts): Record<ServiceName, Environment> {
  const { ports, dirs, secrets, databaseUrl, amqpUrl, publicUrl } = facts;
  const storageKeys = {
    tasks: secrets.tasksStorageKey,
    files: secrets.filesStorageKey,
    compressor: secrets.compressorStorageKey,
  };
  const common = (name: ServiceName) => ({
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(ports[name]),
    // glibc's arenas of one thread each hold what large uploads went through: a third of the memory.
    MALLOC_ARENA_MAX: '1',
    NODE_OPTIONS: nodeFlags.join(' '),
  });
  const storage = (key: string) => ({
    STORAGE_URL: serviceUrl(ports, 'storage'),
    STORAGE_KEY: key,
  });
  const api = {
    DATABASE_URL: databaseUrl,
    JWKS_URL: `${serviceUrl(ports, 'auth')}/.well-known/jwks.json`,
    MAX_UPLOAD_BYTES: String(facts.maxUploadBytes),
  };
  const broker = { AMQP_URL: amqpUrl };
  return {
    storage: {
      ...common('storage'),
      BLOB_ROOT: dirs.blobs,
      STORAGE_KEYS: Object.entries(storageKeys)
        .map(([caller, key]) => `${caller}=${key}`)
        .join(),
    },
    auth: {
      ...common('auth'),
      ...broker,
      DATABASE_URL: databaseUrl,
      KEY_ENCRYPTION_KEY: secrets.keyEncryptionKey,
      MAIL_SECRETS_KEY: secrets.mailSecretsKey,
      ...quotas,
    },
    tasks: {
      ...common('tasks'),
      ...api,
      ...broker,
      ...storage(storageKeys.tasks),
      TASK_SECRETS_KEY: secrets.taskSecretsKey,
    },
    files: {
      ...common('files'),
      ...api,
      ...storage(storageKeys.files),
      DOWNLOAD_KEY: secrets.downloadKey,
    },
    compressor: {
      ...common('compressor'),
      ...broker,
      ...storage(storageKeys.compressor),
      TASK_SECRETS_KEY: secrets.taskSecretsKey,
      BLOB_ROOT: dirs.blobs,
      SCRATCH_DIR: join(dirs.scratch, 'compressor'),
    },
    notifier: {
      ...common('notifier'),
      ...broker,
      PUBLIC_URL: publicUrl,
      MAIL_DIR: dirs.mail,
      MAIL_SECRETS_KEY: secrets.mailSecretsKey,
    },
    webhooks: {
      ...common('webhooks'),
      ...broker,
      DATABASE_URL: databaseUrl,
      JWKS_URL: api.JWKS_URL,
      WEBHOOK_SECRETS_KEY: secrets.webhookSecretsKey,
    },
  };
}

/** The same with what the caller adds for single services. */
export function systemEnvironments(
  facts: Facts,
  added: Partial<Record<ServiceName, Environment>> = {},
): Record<ServiceName, Environment> {
  const environments = serviceEnvironments(facts);
  for (const name of serviceNames) environments[name] = { ...environments[name], ...added[name] };
  return environments;
}
