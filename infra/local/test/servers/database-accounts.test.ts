import t from 'tap';
import { accountStatements } from '../../src/servers/database-accounts.js';

const account = { database: 'db', user: 'u', password: 'p', everyDatabase: false };

t.test('one statement a line, rights on one database alone', (t) => {
  const lines = accountStatements(account).trimEnd().split('\n');
  for (const line of lines) t.match(line, /^[A-Z].*;$/);
  t.match(lines.at(-1), "GRANT ALL PRIVILEGES ON `db`.* TO 'u'@'127.0.0.1';");
  t.match(accountStatements({ ...account, everyDatabase: true }), 'ON *.* TO');
  t.end();
});
