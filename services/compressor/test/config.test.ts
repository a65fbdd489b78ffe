import t from 'tap';
import { loadConfig } from '../src/config.js';

const whole = {
  PORT: '1',
  AMQP_URL: 'amqp://guest:guest@127.0.0.1:5672',
  STORAGE_URL: 'http://127.0.0.1:2',
  STORAGE_KEY: 'k'.repeat(43),
  TASK_SECRETS_KEY: 's'.repeat(43),
  SCRATCH_DIR: '/scratch',
};

t.test('what is not said has its default', async (t) => {
  t.match(loadConfig(whole), {
    HOST: '127.0.0.1',
    PORT: 1,
    LOG_LEVEL: 'info',
    VERIFY: 'listing',
    REQUIRE_SANDBOX: '0',
  });
});

t.test('names every variable at fault', async (t) => {
  const wrong = {
    ...whole,
    AMQP_URL: 'http://x',
    CONCURRENCY: '0',
    MEMORY_BUDGET: '1000',
    REQUIRE_SANDBOX: 'yes',
    VERIFY: 'never',
    SCRATCH_DIR: '',
  };
  for (const name of [
    'AMQP_URL',
    'CONCURRENCY',
    'MEMORY_BUDGET',
    'REQUIRE_SANDBOX',
    'VERIFY',
    'SCRATCH_DIR',
  ]) {
    t.throws(() => loadConfig(wrong), { message: new RegExp(name) });
  }
});
