import { ConfigError } from '@comprimemelo/service/config';
import { createLogger } from '@comprimemelo/service/process/logger';
import t from 'tap';
import { loadWithRetries } from '../../src/tokens/load-with-retries.js';

const logger = createLogger('auth', 'silent');

function failing(times: number, error: Error) {
  let calls = 0;
  const load = async () => {
    calls += 1;
    if (calls <= times) throw error;
    return 'key';
  };
  return { load, calls: () => calls };
}

t.test('a database that comes later is waited for', async (t) => {
  const { load, calls } = failing(3, new Error('away'));
  t.equal(await loadWithRetries(load, { logger, pause: 1 }), 'key');
  t.equal(calls(), 4);
});

t.test('one that does not come ends the start', async (t) => {
  const { load } = failing(Number.POSITIVE_INFINITY, new Error('away'));
  await t.rejects(loadWithRetries(load, { logger, pause: 1, bound: 20 }), /away/);
});

t.test('a key that cannot be opened is not tried again', async (t) => {
  const { load, calls } = failing(1, new ConfigError('another KEY_ENCRYPTION_KEY'));
  await t.rejects(loadWithRetries(load, { logger, pause: 1 }), /KEY_ENCRYPTION_KEY/);
  t.equal(calls(), 1);
});
