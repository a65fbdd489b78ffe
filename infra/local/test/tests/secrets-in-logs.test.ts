import t from 'tap';
import { findSecretsInLogs } from '../../src/tests/secrets-in-logs.js';

t.test('whatever is secret is found in whichever log, and not shown', async (t) => {
  const token = `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(20)}`;
  const directory = t.testdir({
    'auth.log': `{"authorization":"Bearer ${token}"}\n`,
    'tasks.log': '{"detail":"marked-secret-abc"}\n{"hash":"$argon2id$v=19$m=19456"}\n',
    'files.log': '{"url":"/api/files"}\n',
    'nginx.log': 'password=correct horse battery staple\nkey 0123456789\n',
  });
  const found = findSecretsInLogs(directory, { storageKey: '0123456789', other: 'absent' });
  t.same(found.sort(), [
    'auth.log contains a token (JWT)',
    'nginx.log contains storageKey',
    'nginx.log contains the password of a test user',
    'tasks.log contains a marked secret',
    'tasks.log contains the hash of a password',
  ]);
});
