import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import t from 'tap';
import { layout, makeDirectories } from '../../src/run/layout.js';
import { loadSecrets } from '../../src/run/secrets.js';

t.test('secrets are made once, for the owner alone', (t) => {
  const dirs = layout(t.testdir());
  makeDirectories(dirs);
  const secrets = loadSecrets(dirs);
  t.equal(statSync(dirs.secrets).mode & 0o777, 0o600);
  for (const value of Object.values(secrets)) {
    t.equal(Buffer.from(value, 'base64url').length, 32);
  }
  t.equal(new Set(Object.values(secrets)).size, Object.keys(secrets).length);
  t.same(loadSecrets(dirs), secrets, 'found again');
  t.end();
});

t.test('what an older version did not know is added, the rest kept', (t) => {
  const dirs = layout(t.testdir());
  makeDirectories(dirs);
  const { downloadKey, ...older } = loadSecrets(dirs);
  writeFileSync(dirs.secrets, JSON.stringify(older));
  const secrets = loadSecrets(dirs);
  t.match(secrets, older);
  t.not(secrets.downloadKey, downloadKey);
  t.same(loadSecrets(dirs), secrets, 'and found again');
  t.end();
});

t.test('lost or damaged secrets are not replaced behind the back of the data', (t) => {
  const dirs = layout(t.testdir());
  makeDirectories(dirs);
  loadSecrets(dirs);
  writeFileSync(dirs.secrets, '{"databasePassword": "a"');
  t.throws(() => loadSecrets(dirs), { name: 'Refusal', message: /cannot be read/ });
  writeFileSync(dirs.secrets, '{}');
  t.throws(() => loadSecrets(dirs), { name: 'Refusal', message: /cannot be read/ });
  rmSync(dirs.secrets);
  mkdirSync(dirs.database);
  t.throws(() => loadSecrets(dirs), {
    name: 'Refusal',
    message: /is missing, but its database exists/,
  });
  t.end();
});
