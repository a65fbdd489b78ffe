import { testDatabase } from '@comprimemelo/testing/database';
import { createConnection } from 'mariadb';
import t, { type Test } from 'tap';
import { connectionSettings } from '../../src/client/connection-settings.js';
import { migrate } from '../../src/migrations/migrator.js';

/** The statement of each table, and the history of the migrations. */
async function contentsOf(t: Test): Promise<unknown[]> {
  const { url, drop } = await testDatabase();
  t.teardown(drop);
  t.same(await migrate(url), [], 'every migration has been applied');
  const connection = await createConnection(connectionSettings(url));
  const tables = await connection.query<Record<string, string>[]>('SHOW TABLES');
  const contents: unknown[] = [];
  for (const [table = ''] of tables.map(Object.values)) {
    contents.push(await connection.query(`SHOW CREATE TABLE ${table}`));
  }
  contents.push(await connection.query('SELECT * FROM _prisma_migrations ORDER BY migration_name'));
  await connection.end();
  return contents;
}

t.test('the further databases of a process are as the first, which was migrated', async (t) => {
  const first = await contentsOf(t);
  t.ok(first.length > 10);
  t.strictSame(await contentsOf(t), first);
});
