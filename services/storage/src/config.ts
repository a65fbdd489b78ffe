import { ConfigError, readConfig } from '@comprimemelo/service/config';
import { processConfig } from '@comprimemelo/service/process/process-config';
import Type from 'typebox';
import { type Caller, callers } from './permissions.js';

const entry = '[a-z]+=[A-Za-z0-9_-]{43}=?';

const Environment = Type.Object({
  ...processConfig,
  BLOB_ROOT: Type.String({ minLength: 1 }),
  /** `tasks=<secret>,files=<secret>,compressor=<secret>`, each 32 bytes in base64url. */
  STORAGE_KEYS: Type.String({ pattern: `^${entry}(,${entry})*$` }),
  MAX_BLOB_BYTES: Type.Optional(Type.Integer({ minimum: 1 })),
});

function parseKeys(text: string): Record<Caller, string> {
  const pairs = text.split(',').map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), pair.slice(at + 1)] as const;
  });
  const names = pairs.map(([name]) => name).sort();
  if (names.join() === [...callers].sort().join()) {
    return Object.fromEntries(pairs) as Record<Caller, string>;
  }
  throw new ConfigError(`STORAGE_KEYS must name each of ${callers.join(', ')} once`);
}

/** The environment of the storage service. Throws a ConfigError that names what is wrong. */
export function loadConfig(env?: Record<string, string | undefined>) {
  const { STORAGE_KEYS, ...config } = readConfig(Environment, env);
  return { ...config, keys: parseKeys(STORAGE_KEYS) };
}
