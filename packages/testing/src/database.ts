import { randomUUID } from 'node:crypto';
import { connectionSettings } from '@comprimemelo/prisma/client/connection-settings';
import { migrate } from '@comprimemelo/prisma/migrations/migrator';
import { createConnection } from 'mariadb';
import { readTestDatabase } from './config.js';

const historyTable = '_prisma_migrations';

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

/** What one migrated database holds: its tables, and the history of its migrations. */
interface Copy {
  statements: string[];
  history: Record<string, unknown>[];
}

/** Of the first database that this process migrates: each further one is made as that one became. */
let copy: Promise<Copy> | undefined;

const settingsFor = (url: string) => ({ ...connectionSettings(url), multipleStatements: true });

async function migrateAndCopy({ url }: TestDatabase): Promise<Copy> {
  await migrate(url);
  const connection = await createConnection(settingsFor(url));
  const tables = await connection.query<string[][]>({ sql: 'SHOW TABLES', rowsAsArray: true });
  const statements: string[] = [];
  for (const [table = ''] of tables) {
    const sql = `SHOW CREATE TABLE ${connection.escapeId(table)}`;
    const [[, statement = ''] = []] = await connection.query<string[][]>({
      sql,
      rowsAsArray: true,
    });
    statements.push(statement);
  }
  const history = await connection.query(`SELECT * FROM ${historyTable}`);
  await connection.end();
  return { statements, history };
}

/** Makes the tables in their last form, which takes a fifth of the time of all migrations. */
async function createFrom({ statements, history }: Copy, { url }: TestDatabase): Promise<void> {
  const { database, ...server } = settingsFor(url);
  const connection = await createConnection(server);
  const name = connection.escapeId(String(database));
  await connection.query(
    [
      `CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`,
      `USE ${name}`,
      // Tables name each other.
      'SET FOREIGN_KEY_CHECKS = 0',
      ...statements,
    ].join(';'),
  );
  const columns = Object.keys(history[0] ?? {});
  await connection.batch(
    `INSERT INTO ${historyTable} (${columns}) VALUES (${columns.map(() => '?')})`,
    history.map((row) => Object.values(row)),
  );
  await connection.end();
}

/** A migrated database of the test's own. */
export async function testDatabase(): Promise<TestDatabase> {
  const database = unusedDatabase();
  if (copy === undefined) {
    copy = migrateAndCopy(database);
    await copy;
  } else {
    await createFrom(await copy, database);
  }
  return database;
}
