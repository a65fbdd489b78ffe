import t from 'tap';
import { findServerPrograms, readVersion } from '../../src/servers/server-programs.js';

t.test('versions that understand our SQL are taken', (t) => {
  const maria =
    'mariadbd  Ver 10.11.19-MariaDB-0+deb12u1 for debian-linux-gnu on x86_64 (Debian 12)';
  t.same(readVersion(maria), { flavour: 'mariadb', version: '10.11.19' });
  const mysql = '/usr/sbin/mysqld  Ver 8.0.36-0ubuntu0.22.04.1 for Linux on x86_64 ((Ubuntu))';
  t.same(readVersion(mysql), { flavour: 'mysql', version: '8.0.36' });
  t.same(readVersion('mysqld  Ver 8.4.2 for Linux'), { flavour: 'mysql', version: '8.4.2' });
  t.equal(readVersion('mysqld  Ver 10.5.23-MariaDB-0+deb11u1 for debian'), undefined);
  t.equal(readVersion('mysqld  Ver 5.7.44 for Linux'), undefined);
  t.equal(readVersion('no such thing'), undefined);
  t.end();
});

t.test('the servers of this machine are found', async (t) => {
  const found = await findServerPrograms();
  t.match(found.database?.server, /^\/.*(mariadbd|mysqld)$/);
  t.match(found.broker, /^\/.*rabbitmq-server$/);
  t.not(found.broker, '/usr/sbin/rabbitmq-server', 'the wrapper changes to another user');
  t.match(found.proxy, /^\/.*nginx$/);
});
