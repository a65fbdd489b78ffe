import { readConfig } from '@comprimemelo/service/config';
import { processConfig, SecretKey } from '@comprimemelo/service/process-config';
import Type, { type Static } from 'typebox';

const Config = Type.Object({
  ...processConfig,
  DATABASE_URL: Type.String({ minLength: 1 }),
  AMQP_URL: Type.String({ minLength: 1 }),
  /** Encrypts the private signing keys in the database. */
  KEY_ENCRYPTION_KEY: SecretKey,
  ACCESS_TOKEN_SECONDS: Type.Integer({ default: 600, minimum: 30, maximum: 86_400 }),
  REFRESH_TOKEN_DAYS: Type.Integer({ default: 30, minimum: 1, maximum: 365 }),
});
export type Config = Static<typeof Config>;

export const loadConfig = (): Config => readConfig(Config);
