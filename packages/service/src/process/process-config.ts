import Type from 'typebox';

/** What every process reads from its environment; each service's config.ts adds its own. */
export const processConfig = {
  HOST: Type.String({ default: '127.0.0.1' }),
  PORT: Type.Integer({ minimum: 0, maximum: 65_535 }),
  LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    default: 'info',
  }),
};

/** 32 bytes in base64url, as `openssl rand 32 | basenc --base64url` gives them. */
export const SecretKey = Type.String({ pattern: '^[A-Za-z0-9_-]{43}=?$' });

/** One such key or several, separated by commas: the first seals, each opens what was sealed with it. */
export const SecretKeys = Type.String({
  pattern: '^[A-Za-z0-9_-]{43}=?(,[A-Za-z0-9_-]{43}=?)*$',
});

/** An address of another service or of the origin, without a trailing slash. */
export const BaseUrl = Type.String({ pattern: '^https?://[^/\\s{}$]+(/[^\\s]*[^/\\s])?$' });
