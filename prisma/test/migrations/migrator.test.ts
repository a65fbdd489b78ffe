import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { unusedDatabase } from '@comprimemelo/testing/database';
import { type Connection, createConnection } from 'mariadb';
import t, { type Test } from 'tap';
import { connectionSettings } from '../../src/client/connection-settings.js';
import { readMigrations } from '../../src/migrations/migration-files.js';
import { MigrationRefusedError } from '../../src/migrations/migration-history.js';
import { migrate } from '../../src/migrations/migrator.js';

/** The name of a database that does not exist yet. */
function emptyPlace(t: Test): string {
  const { url, drop } = unusedDatabase();
  t.teardown(drop);
  return url;
}

async function open(t: Test, url: string): Promise<Connection> {
  const connection = await createConnection(connectionSettings(url));
  t.teardown(() => connection.end());
  return connection;
}

/** A folder with these migrations: name and SQL. */
async function folder(t: Test, migrations: Record<string, string>): Promise<URL> {
  const directory = pathToFileURL(`${t.testdir({})}/`);
  for (const [name, sql] of Object.entries(migrations)) {
    await mkdir(new URL(`${name}/`, directory), { recursive: true });
    await writeFile(new URL(`${name}/migration.sql`, directory), sql);
  }
  await writeFile(new URL('migration_lock.toml', directory), 'provider = "mysql"\n');
  return directory;
}

t.test('creates the database, applies everything, and nothing the second time', async (t) => {
  const url = emptyPlace(t);
  const lines: object[] = [];
  const logger = { info: (details: object) => lines.push(details) };
  const applied = await migrate(url, { logger });
  t.equal(applied[0], '20261123000000_init');
  t.same(lines[0], { migration: '20261123000000_init' });
  t.same(await migrate(url, { logger }), []);
  t.equal(lines.length, applied.length);
});

t.test('writes the history as Prisma does', async (t) => {
  const url = emptyPlace(t);
  await migrate(url);
  const connection = await open(t, url);
  const [row] = await connection.query<Record<string, unknown>[]>(
    "SELECT * FROM _prisma_migrations WHERE migration_name = '20261123000000_init'",
  );
  const file = new URL('../../../migrations/20261123000000_init/migration.sql', import.meta.url);
  t.match(row, {
    id: /^[0-9a-f-]{36}$/,
    checksum: createHash('sha256')
      .update(await readFile(file))
      .digest('hex'),
    migration_name: '20261123000000_init',
    logs: null,
    rolled_back_at: null,
    applied_steps_count: 1,
  });
  const { started_at: started, finished_at: finished } = row ?? {};
  if (!(started instanceof Date && finished instanceof Date)) throw new Error('two times');
  t.ok(started <= finished);
  t.ok(Math.abs(Date.now() - finished.getTime()) < 60_000, 'in UTC');
});

t.test('two at once: one applies, the other finds it done', async (t) => {
  const url = emptyPlace(t);
  const both = await Promise.all([migrate(url), migrate(url)]);
  const files = await readMigrations(new URL('../../../migrations/', import.meta.url));
  t.same(
    both.flat(),
    files.map(({ name }) => name),
  );
});

t.test('applies what is new, in order', async (t) => {
  const url = emptyPlace(t);
  const first = { '1_one': 'CREATE TABLE one (a INT);' };
  t.same(await migrate(url, { directory: await folder(t, first) }), ['1_one']);
  const directory = await folder(t, {
    ...first,
    '3_three': 'CREATE TABLE three (a INT);\n-- more\nALTER TABLE two ADD b INT;',
    '2_two': 'CREATE TABLE two (a INT);',
  });
  t.same(await migrate(url, { directory }), ['2_two', '3_three']);
});

t.test('refuses a migration that changed after it was applied', async (t) => {
  const url = emptyPlace(t);
  await migrate(url, { directory: await folder(t, { '1_one': 'CREATE TABLE one (a INT);' }) });
  const directory = await folder(t, {
    '1_one': 'CREATE TABLE one (b INT);',
    '2_two': 'CREATE TABLE two (a INT);',
  });
  await t.rejects(migrate(url, { directory }), MigrationRefusedError);
  await t.rejects(migrate(url, { directory }), { message: /1_one has changed/ });
  const connection = await open(t, url);
  t.same(await connection.query("SHOW TABLES LIKE 'two'"), []);
});

t.test(
  'a migration that fails is kept in the history and refused until it is resolved',
  async (t) => {
    const url = emptyPlace(t);
    const directory = await folder(t, {
      '1_one': 'CREATE TABLE one (a INT); CREATE TABLE one (a INT);',
    });
    await t.rejects(migrate(url, { directory }), { message: /1_one.*already exists/s });
    await t.rejects(migrate(url, { directory }), MigrationRefusedError);
    await t.rejects(migrate(url, { directory }), { message: /1_one was started and not finished/ });

    const connection = await open(t, url);
    const [row] = await connection.query<{ logs: string; finished_at: unknown }[]>(
      'SELECT * FROM _prisma_migrations',
    );
    t.match(row, { logs: /already exists/, finished_at: null, applied_steps_count: 0 });

    await connection.query('DROP TABLE one');
    await connection.query('UPDATE _prisma_migrations SET rolled_back_at = NOW(3)');
    const repaired = await folder(t, { '1_one': 'CREATE TABLE one (a INT);' });
    t.same(await migrate(url, { directory: repaired }), ['1_one']);
  },
);

t.test('refuses a database with tables of another origin', async (t) => {
  const url = emptyPlace(t);
  await migrate(url, { directory: await folder(t, {}) });
  const connection = await open(t, url);
  await connection.query('DROP TABLE _prisma_migrations');
  await connection.query('CREATE TABLE foreigner (a INT)');
  await t.rejects(migrate(url), MigrationRefusedError);
  await t.rejects(migrate(url), { message: /no history/ });
});

t.test('without a server the error says so', async (t) => {
  await t.rejects(migrate('mysql://root@127.0.0.1:1/none'), { code: 'ECONNREFUSED' });
});
