import { limits } from '@comprimemelo/contracts/limits';
import { readConfig } from '@comprimemelo/service/config';
import { BaseUrl, processConfig, SecretKey } from '@comprimemelo/service/process/process-config';
import Type, { type Static } from 'typebox';

const Config = Type.Object({
  ...processConfig,
  DATABASE_URL: Type.String({ minLength: 1 }),
  STORAGE_URL: BaseUrl,
  /** The secret that files and storage share. */
  STORAGE_KEY: SecretKey,
  /** The secret with which nginx proves that it can serve downloads; without it, this service streams them. */
  DOWNLOAD_KEY: Type.Optional(SecretKey),
  JWKS_URL: BaseUrl,
  /** Total size of the files in one request, in bytes. */
  MAX_UPLOAD_BYTES: Type.Integer({ default: limits.uploadBytes, minimum: 1 }),
});
export type Config = Static<typeof Config>;

/** Validates the environment. Throws a ConfigError that names every invalid variable. */
export const loadConfig = (env?: Record<string, string | undefined>): Config =>
  readConfig(Config, env);
