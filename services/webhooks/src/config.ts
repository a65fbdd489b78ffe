import { readConfig } from '@comprimemelo/service/config';
import { BaseUrl, processConfig, SecretKeys } from '@comprimemelo/service/process/process-config';
import Type, { type Static } from 'typebox';

const Switch = Type.Enum(['0', '1'], { default: '0' });

const Config = Type.Object({
  ...processConfig,
  DATABASE_URL: Type.String({ minLength: 1 }),
  AMQP_URL: Type.String({ minLength: 1 }),
  JWKS_URL: BaseUrl,
  /** Encrypts the signing secrets in the database. */
  WEBHOOK_SECRETS_KEY: SecretKeys,
  /** 1: also accept `http` addresses, for development. */
  WEBHOOK_ALLOW_HTTP: Switch,
  /** 1: also accept private addresses, such as this machine, for development. */
  WEBHOOK_ALLOW_PRIVATE: Switch,
});
export type Config = Static<typeof Config>;

/** Validates the environment. Throws a ConfigError that names every invalid variable. */
export const loadConfig = (env?: Record<string, string | undefined>): Config =>
  readConfig(Config, env);
