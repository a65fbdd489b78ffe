import { readConfig } from '@comprimemelo/service/config';
import { BaseUrl, processConfig, SecretKeys } from '@comprimemelo/service/process/process-config';
import Type, { type Static } from 'typebox';

const Config = Type.Object({
  ...processConfig,
  AMQP_URL: Type.String({ minLength: 1 }),
  /** Decrypts the tokens that auth encrypted for e-mails. */
  MAIL_SECRETS_KEY: SecretKeys,
  /** The mail server, with `user:password@` if it requires authentication. */
  SMTP_URL: Type.Optional(Type.String({ pattern: '^smtps?://[^/\\s]+' })),
  /** Folder to which e-mails are written if there is no SMTP_URL. */
  MAIL_DIR: Type.Optional(Type.String()),
  /** The sender: an address, or `Name <address>`. */
  MAIL_FROM: Type.String({
    pattern: '^([^<>@\\r\\n]+<[^<>@\\s]+@[^<>@\\s]+>|[^<>@\\s]+@[^<>@\\s]+)$',
    default: 'Comprimemelo <no-reply@localhost>',
  }),
  PUBLIC_URL: BaseUrl,
});
export type Config = Static<typeof Config>;

/** Validates the environment. Throws a ConfigError that names every invalid variable. */
export const loadConfig = (env: Record<string, string | undefined> = process.env): Config =>
  readConfig(Config, env);
