import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import t from 'tap';

/** What a service cannot do its work without, and nobody else may know. */
const secrets: Record<string, string[]> = {
  auth: ['DATABASE_URL', 'AMQP_URL', 'KEY_ENCRYPTION_KEY', 'MAIL_SECRETS_KEY'],
  tasks: ['DATABASE_URL', 'AMQP_URL', 'STORAGE_KEY'],
  files: ['DATABASE_URL', 'STORAGE_KEY'],
  storage: ['STORAGE_KEYS'],
  compressor: ['AMQP_URL', 'STORAGE_KEY'],
  notifier: ['AMQP_URL', 'MAIL_SECRETS_KEY'],
  webhooks: ['DATABASE_URL', 'AMQP_URL', 'WEBHOOK_SECRETS_KEY'],
};

for (const [service, names] of Object.entries(secrets)) {
  t.test(`${service} does not start without its secrets, and names them`, async (t) => {
    const path = `../../../../services/${service}/dist/src/main.js`;
    const main = fileURLToPath(new URL(path, import.meta.url));
    const { status, stdout } = spawnSync(process.execPath, [main], {
      env: { NODE_ENV: 'production', PORT: '0' },
      encoding: 'utf8',
    });
    t.equal(status, 1);
    const [line = ''] = stdout.split('\n');
    const { msg } = JSON.parse(line) as { msg: string };
    t.match(msg, new RegExp(`^${service} cannot start: `));
    for (const name of names) t.match(msg, `${name} is missing`);
  });
}
