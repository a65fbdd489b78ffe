import { randomUUID } from 'node:crypto';
import { connectionSettings } from '@comprimemelo/prisma/client/connection-settings';
import { migrate } from '@comprimemelo/prisma/migrations/migrator';
import { createConnection } from 'mariadb';
import { readTestDatabase } from './config.js';

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A name for a database of the test's own on the server of the tests; nothing is created yet. */
export function unusedDatabase(): TestDatabase {
  const server = readTestDatabase();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    async drop() {
      const { database, ...settings } = connectionSettings(server);
      const connection = await createConnection(settings);
      await connection.query(`DROP DATABASE IF EXISTS ${name}`);
      await connection.end();
    },
  };
}

/** A migrated database of the test's own. */
export async function testDatabase(): Promise<TestDatabase> {
  const database = unusedDatabase();
  await migrate(database.url);
  return database;
}
