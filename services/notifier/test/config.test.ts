import { ConfigError } from '@comprimemelo/service/config';
import t from 'tap';
import { loadConfig } from '../src/config.js';

const enough = {
  PORT: '8086',
  AMQP_URL: 'amqp://127.0.0.1',
  PUBLIC_URL: 'http://127.0.0.1:8080',
  MAIL_SECRETS_KEY: 'k'.repeat(43),
};

t.test('what is needed and what is filled in', async (t) => {
  t.match(loadConfig(enough), { PORT: 8086, MAIL_FROM: 'Comprimemelo <no-reply@localhost>' });
});

t.test('a value that is wrong is named and not shown', async (t) => {
  for (const [name, value] of Object.entries({
    SMTP_URL: 'http://secret@mail',
    MAIL_FROM: 'secret\r\nBcc: x@y',
    PUBLIC_URL: 'files.secret/',
    AMQP_URL: '',
    MAIL_SECRETS_KEY: 'secret',
  })) {
    const load = () => loadConfig({ ...enough, [name]: value });
    t.throws(load, { message: new RegExp(`^${name} (?!.*secret)`) });
    try {
      load();
    } catch (error) {
      t.ok(error instanceof ConfigError);
    }
  }
});
