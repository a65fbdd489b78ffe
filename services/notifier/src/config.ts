import { readConfig } from '@comprimemelo/service/config';
import { BaseUrl, processConfig, SecretKeys } from '@comprimemelo/service/process/process-config';
import Type, { type Static } from 'typebox';

const Config = Type.Object({
  ...processConfig,
  AMQP_URL: Type.String({ minLength: 1 }),
  /** Opens what auth has sealed for an e-mail. */
  MAIL_SECRETS_KEY: SecretKeys,
  /** Where e-mails are handed in, with `user:password@` where that is asked for. */
  SMTP_URL: Type.Optional(Type.String({ pattern: '^smtps?://[^/\\s]+' })),
  /** Where e-mails are written when there is no SMTP_URL. */
  MAIL_DIR: Type.Optional(Type.String()),
  /** The sender: an address, or `Name <address>`. */
  MAIL_FROM: Type.String({
    pattern: '^([^<>@\\r\\n]+<[^<>@\\s]+@[^<>@\\s]+>|[^<>@\\s]+@[^<>@\\s]+)$',
    default: 'Comprimemelo <no-reply@localhost>',
  }),
  PUBLIC_URL: BaseUrl,
});
export type Config = Static<typeof Config>;

/** The environment of this process. Throws a ConfigError that names every variable at fault. */
export const loadConfig = (env: Record<string, string | undefined> = process.env): Config =>
  readConfig(Config, env);
