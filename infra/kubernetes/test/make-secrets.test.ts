import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { readEnvFile } from './read-kustomization.js';
import { makeSecrets } from './service-environment.js';

t.test('secrets are written once, for their owner alone', async (t) => {
  const folder = t.testdir();
  const first = makeSecrets(folder);
  t.ok(Object.keys(first).length > 10);
  t.equal(statSync(join(folder, 'secrets.env')).mode & 0o777, 0o600);
  t.same(makeSecrets(folder), first);
  t.not(makeSecrets(t.testdir({ other: {} })).MYSQL_PASSWORD, first.MYSQL_PASSWORD);
});

t.test('an own address stays', async (t) => {
  const folder = t.testdir({ 'secrets.env': 'DATABASE_URL=mysql://there/db\n' });
  t.equal(makeSecrets(folder).DATABASE_URL, 'mysql://there/db');
});

t.test('what a release adds is added', async (t) => {
  const folder = t.testdir();
  const path = join(folder, 'secrets.env');
  const { TASK_SECRETS_KEY, ...rest } = makeSecrets(folder);
  const lines = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, lines.filter((line) => !line.startsWith('TASK_SECRETS_KEY')).join('\n'));
  const after = makeSecrets(folder);
  t.match(after, rest);
  t.match(after.TASK_SECRETS_KEY, /^[\w-]{43}$/);
  t.same(readEnvFile(path), after);
});
