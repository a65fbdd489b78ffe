import { randomUUID } from 'node:crypto';
import type { Connection } from 'mariadb';
import type { MigrationFile } from './migration-files.js';

/** Someone must inspect the database before any migration is applied. */
export class MigrationRefusedError extends Error {
  override name = 'MigrationRefusedError';
}

interface HistoryRow {
  name: string;
  checksum: string;
  finished: boolean;
}

export interface History {
  /** The rows that were not rolled back. */
  rows(): Promise<HistoryRow[]>;
  started(file: MigrationFile): Promise<string>;
  finished(id: string): Promise<void>;
  failed(id: string, logs: string): Promise<void>;
}

/** Prisma's own definition, in schema-engine's flavour/mysql.rs. */
const historyTable = `CREATE TABLE _prisma_migrations (
  id                      VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum                VARCHAR(64) NOT NULL,
  finished_at             DATETIME(3),
  migration_name          VARCHAR(255) NOT NULL,
  logs                    TEXT,
  rolled_back_at          DATETIME(3),
  started_at              DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  applied_steps_count     INTEGER UNSIGNED NOT NULL DEFAULT 0
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`;

const selectRows = `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
  FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`;

const insertStarted = `INSERT INTO _prisma_migrations (id, checksum, started_at, migration_name)
  VALUES (?, ?, UTC_TIMESTAMP(3), ?)`;

const setFinished = `UPDATE _prisma_migrations
  SET applied_steps_count = applied_steps_count + 1, finished_at = UTC_TIMESTAMP(3) WHERE id = ?`;

const setFailed = 'UPDATE _prisma_migrations SET logs = ? WHERE id = ?';

/** Creates Prisma's history table in an empty database; throws if it already contains other tables. */
async function ensureHistoryTable(connection: Connection): Promise<void> {
  const tables = await connection.query<string[][]>({
    sql: `SELECT table_name FROM information_schema.tables
      WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'`,
    rowsAsArray: true,
  });
  if (tables.length === 0) await connection.query(historyTable);
  else if (!tables.some(([name]) => name === '_prisma_migrations')) {
    throw new MigrationRefusedError(
      'The database has tables but no history of migrations: it was not made by this migrator. ' +
        'Name an empty database, or baseline this one with `prisma migrate resolve`.',
    );
  }
}

/** The migration history of a database; created if it does not exist. */
export async function createHistory(connection: Connection): Promise<History> {
  await ensureHistoryTable(connection);
  return {
    async rows() {
      const rows =
        await connection.query<{ name: string; checksum: string; finished: number | bigint }[]>(
          selectRows,
        );
      return rows.map((row) => ({ ...row, finished: Number(row.finished) === 1 }));
    },
    async started({ name, checksum }) {
      const id = randomUUID();
      await connection.query(insertStarted, [id, checksum, name]);
      return id;
    },
    async finished(id) {
      await connection.query(setFinished, [id]);
    },
    async failed(id, logs) {
      await connection.query(setFailed, [logs, id]);
    },
  };
}

/** Throws MigrationRefusedError if a migration was only partly applied or has changed since. */
export function refuseUnlessSound(rows: HistoryRow[], files: MigrationFile[]): void {
  const unfinished = rows.find(({ finished }) => !finished);
  if (unfinished) {
    throw new MigrationRefusedError(
      `The migration ${unfinished.name} was started and not finished. Its statements may be half ` +
        'applied: repair the tables, then set rolled_back_at (to apply it again) or finished_at in ' +
        "its row of _prisma_migrations; the row's logs tell the cause.",
    );
  }
  const checksums = new Map(files.map(({ name, checksum }) => [name, checksum]));
  const changed = rows.find(({ name, checksum }) => {
    const expected = checksums.get(name);
    return expected !== undefined && expected !== checksum;
  });
  if (changed) {
    throw new MigrationRefusedError(
      `The migration ${changed.name} has changed since it was applied. Restore its file and put ` +
        'the change into a new migration.',
    );
  }
}
