import t from 'tap';
import { connectionSettings } from '../../src/client/connection-settings.js';

t.test('reads an address with everything', async (t) => {
  t.same(connectionSettings('mysql://us%40er:p%2Fw@db.example:3307/comprimemelo?ssl=true'), {
    host: 'db.example',
    port: 3307,
    user: 'us@er',
    password: 'p/w',
    database: 'comprimemelo',
    ssl: true,
    timezone: 'Z',
    pipelining: false,
    allowPublicKeyRetrieval: true,
  });
});

t.test('reads an address with little', async (t) => {
  t.match(connectionSettings('mariadb://root@[::1]'), { host: '::1', port: 3306, user: 'root' });
  t.match(connectionSettings('mysql://root@localhost/x?socketPath=/run/mysqld.sock'), {
    socketPath: '/run/mysqld.sock',
  });
});

t.test('refuses what it does not understand, without showing the password', async (t) => {
  for (const url of ['nonsense', 'postgres://u:secret@h/x', 'mysql://u:secret@h/x?sslmode=no']) {
    t.throws(() => connectionSettings(url), TypeError);
    t.throws(() => connectionSettings(url), { message: /^(?!.*secret)/ });
  }
});
