import t from 'tap';
import Type from 'typebox';
import { ConfigError, readConfig } from '../src/config.js';
import { BaseUrl, processConfig, SecretKey } from '../src/process/process-config.js';

const Config = Type.Object({
  ...processConfig,
  URL: BaseUrl,
  KEY: SecretKey,
  LIMIT: Type.Integer({ default: 5, minimum: 1 }),
  SMTP: Type.Optional(Type.String()),
});
const KEY = 'A'.repeat(43);

t.test('converts, fills in defaults, takes empty as absent', async (t) => {
  const config = readConfig(Config, {
    PORT: '8081',
    URL: 'http://127.0.0.1:1/x',
    KEY,
    LIMIT: '',
    SMTP: '',
    OTHER: 'x',
  });
  t.strictSame(config, {
    HOST: '127.0.0.1',
    PORT: 8081,
    LOG_LEVEL: 'info',
    LIMIT: 5,
    URL: 'http://127.0.0.1:1/x',
    KEY,
  });
});

t.test('names every variable at fault and shows no value', async (t) => {
  try {
    readConfig(Config, { PORT: 'http', URL: 'ftp://secret', KEY: 'secret', LIMIT: '0' });
    t.fail('it was taken');
  } catch (error) {
    t.type(error, ConfigError);
    const { message } = error as Error;
    for (const name of ['PORT', 'URL', 'KEY', 'LIMIT']) t.match(message, name);
    t.notMatch(message, /secret/);
  }
  t.throws(() => readConfig(Config, {}), /PORT is missing; URL is missing; KEY is missing/);
});
