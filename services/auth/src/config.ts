import { readConfig } from '@comprimemelo/service/config';
import { processConfig, SecretKeys } from '@comprimemelo/service/process/process-config';
import Type, { type Static } from 'typebox';
import { parseQuota, QuotaText } from './throttling/address-quota.js';
import type { ThrottleLimits } from './throttling/throttles.js';

/** The settings for signing keys, shared by the programs of this service. */
const keys = {
  DATABASE_URL: Type.String({ minLength: 1 }),
  /** Encrypts the private signing keys in the database. */
  KEY_ENCRYPTION_KEY: SecretKeys,
  ACCESS_TOKEN_SECONDS: Type.Integer({ default: 600, minimum: 30, maximum: 86_400 }),
};

const throttles = {
  LOG_IN_FREE_FAILURES: Type.Integer({ default: 5, minimum: 1, maximum: 1_000_000 }),
  LOG_IN_LONGEST_DELAY: Type.Integer({ default: 900, minimum: 1, maximum: 86_400 }),
  LOG_IN_FAILURES_PER_ADDRESS: QuotaText('100/900'),
  SIGN_UPS_PER_ADDRESS: QuotaText('30/3600'),
  PASSWORD_RESETS_PER_ADDRESS: QuotaText('10/3600'),
};

const Config = Type.Object({
  ...processConfig,
  ...keys,
  ...throttles,
  AMQP_URL: Type.String({ minLength: 1 }),
  /** The first or next signing key; default: a generated one. */
  SIGNING_KEY: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{64}$' })),
  /** Encrypts the tokens in e-mails. Shared with the notifier. */
  MAIL_SECRETS_KEY: SecretKeys,
  REFRESH_TOKEN_DAYS: Type.Integer({ default: 30, minimum: 1, maximum: 365 }),
  /** Proxies whose X-Forwarded-For is trusted: addresses and networks, `loopback`, `uniquelocal`. */
  TRUSTED_PROXIES: Type.String({ default: 'loopback' }),
});
export type Config = Static<typeof Config>;

type Environment = Record<string, string | undefined>;

export const loadConfig = (env: Environment = process.env): Config => readConfig(Config, env);

/** The settings of rotate-keys, from the same environment. */
export const loadRotationConfig = (env: Environment = process.env) =>
  readConfig(Type.Object(keys), env);

export const throttleLimits = (config: Config): ThrottleLimits => ({
  delays: {
    free: config.LOG_IN_FREE_FAILURES,
    first: 1,
    longest: config.LOG_IN_LONGEST_DELAY,
  },
  logInFailures: parseQuota(config.LOG_IN_FAILURES_PER_ADDRESS),
  signUps: parseQuota(config.SIGN_UPS_PER_ADDRESS),
  passwordResets: parseQuota(config.PASSWORD_RESETS_PER_ADDRESS),
});
