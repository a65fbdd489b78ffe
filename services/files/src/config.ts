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
  /** The secret by which nginx shows that it can carry downloads; without it files streams them. */
  DOWNLOAD_KEY: Type.Optional(SecretKey),
  JWKS_URL: BaseUrl,
  /** All files of one request together, in bytes. */
  MAX_UPLOAD_BYTES: Type.Integer({ default: limits.uploadBytes, minimum: 1 }),
});
export type Config = Static<typeof Config>;

/** The environment, validated. Throws a ConfigError that names every variable at fault. */
export const loadConfig = (env?: Record<string, string | undefined>): Config =>
  readConfig(Config, env);
