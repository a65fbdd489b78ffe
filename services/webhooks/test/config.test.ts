import t from 'tap';
import { loadConfig } from '../src/config.js';
import { secretsKey } from './fixtures/webhooks-fixture.js';

const env = {
  PORT: '0',
  DATABASE_URL: 'mysql://a@127.0.0.1/b',
  AMQP_URL: 'amqp://127.0.0.1',
  JWKS_URL: 'http://127.0.0.1/jwks.json',
  WEBHOOK_SECRETS_KEY: secretsKey,
};

t.test('https and public addresses alone, unless it says otherwise', async (t) => {
  t.match(loadConfig(env), { WEBHOOK_ALLOW_HTTP: '0', WEBHOOK_ALLOW_PRIVATE: '0' });
  t.match(loadConfig({ ...env, WEBHOOK_ALLOW_PRIVATE: '' }), { WEBHOOK_ALLOW_PRIVATE: '0' });
  t.match(loadConfig({ ...env, WEBHOOK_ALLOW_HTTP: '1' }), { WEBHOOK_ALLOW_HTTP: '1' });
  for (const name of ['WEBHOOK_ALLOW_HTTP', 'WEBHOOK_ALLOW_PRIVATE', 'WEBHOOK_SECRETS_KEY']) {
    t.throws(() => loadConfig({ ...env, [name]: 'yes' }), { message: new RegExp(name) });
  }
});
