import { type Connection, createConnection } from 'mariadb';
import { connectionSettings } from '../client/connection-settings.js';
import { type MigrationFile, readMigrations } from './migration-files.js';
import { createHistory, type History, refuseUnlessSound } from './migration-history.js';

const unknownDatabase = 1049;
/** The lock name of Prisma, so that the two never run at the same time. */
const lock = 'prisma_migrate';
const lockSeconds = 60;

export interface MigrationLogger {
  info(details: object, message: string): void;
}

export interface MigrateOptions {
  logger?: MigrationLogger;
  /** Default: this package's prisma/migrations. */
  directory?: URL;
}

/**
 * Applies all pending migrations and returns their names. Creates the database if it is missing. Keeps the history in
 * Prisma's table and format, so that `prisma migrate deploy` can continue from it. Only one instance runs at a time,
 * across machines. Throws MigrationRefusedError if someone must look first, and the error of the server if a statement
 * fails.
 */
export async function migrate(
  databaseUrl: string,
  { logger, directory = new URL('../../../migrations/', import.meta.url) }: MigrateOptions = {},
): Promise<string[]> {
  const files = await readMigrations(directory);
  const connection = await openOrCreate(databaseUrl);
  try {
    return await locked(connection, () => applyPending(connection, { files, logger }));
  } finally {
    await connection.end();
  }
}

async function applyPending(
  connection: Connection,
  { files, logger }: { files: MigrationFile[]; logger: MigrationLogger | undefined },
): Promise<string[]> {
  const history = await createHistory(connection);
  const rows = await history.rows();
  refuseUnlessSound(rows, files);
  const known = new Set(rows.map(({ name }) => name));
  const pending = files.filter(({ name }) => !known.has(name));
  for (const file of pending) {
    await apply(connection, history, file);
    logger?.info({ migration: file.name }, 'migration applied');
  }
  return pending.map(({ name }) => name);
}

async function apply(connection: Connection, history: History, file: MigrationFile): Promise<void> {
  const id = await history.started(file);
  try {
    await connection.query(file.sql);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    await history.failed(id, reason);
    throw new Error(`The migration ${file.name} failed: ${reason}`, { cause });
  }
  await history.finished(id);
}

async function openOrCreate(databaseUrl: string): Promise<Connection> {
  const settings = { ...connectionSettings(databaseUrl), multipleStatements: true };
  try {
    return await createConnection(settings);
  } catch (error) {
    const isMissing = error instanceof Error && 'errno' in error && error.errno === unknownDatabase;
    if (!isMissing || settings.database === undefined) throw error;
    const { database, ...server } = settings;
    const connection = await createConnection(server);
    const name = connection.escapeId(database);
    await connection.query(
      `CREATE DATABASE IF NOT EXISTS ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`,
    );
    await connection.query(`USE ${name}`);
    return connection;
  }
}

async function locked<Result>(
  connection: Connection,
  work: () => Promise<Result>,
): Promise<Result> {
  const [row] = await connection.query<{ taken: number | bigint | null }[]>(
    'SELECT GET_LOCK(?, ?) AS taken',
    [lock, lockSeconds],
  );
  if (Number(row?.taken) !== 1) {
    throw new Error(`Another migration has been running for ${lockSeconds} seconds`);
  }
  try {
    return await work();
  } finally {
    await connection.query('SELECT RELEASE_LOCK(?)', [lock]);
  }
}
