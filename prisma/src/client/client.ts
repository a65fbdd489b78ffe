import { PrismaMariaDb } from '@prisma/adapter-mariadb';
import { createPool, type Pool } from 'mariadb';
import { type Prisma, PrismaClient } from '../generated/client.js';
import { connectionSettings } from './connection-settings.js';

/**
 * Separate connections per process for writes, and for hot reads and the relay, so that neither blocks the other. Two
 * copies of the three services that write stay below the default `max_connections` of 151.
 */
const defaultConnectionLimit = 15;
const defaultReadConnectionLimit = 6;
/** Connections of each kind that stay open when idle. */
const minimumIdle = 2;
/** Timeouts in milliseconds: for a free connection, for connecting to the server, and for a transaction. */
const acquireTimeout = 5_000;
const connectTimeout = 2_000;
const transactionTimeout = 20_000;
/** Prepared statements per connection: more than this package uses, far below the limit of the server. */
const prepareCacheLength = 64;

/** The client inside `prisma.$transaction(async (tx) => ...)`. */
export type Transaction = Prisma.TransactionClient;

export interface DatabaseOptions {
  /** Connections for writes and for reads through Prisma. Default: 15. */
  connectionLimit?: number;
  /** Connections of `pool`. Default: 6. */
  readConnectionLimit?: number;
}

export interface Database {
  /** For writes and for reads that are not hot. BIGINT columns are bigint here: use Number(size). */
  prisma: PrismaClient;
  /** The driver, for prepared statements: `pool.execute`. */
  pool: Pool;
  close(): Promise<void>;
}

/**
 * Opens the database at this address; connections are created on demand. Throws a TypeError if the address is
 * invalid. Use `isUnavailable` of database-errors to detect that the server is down.
 */
export function openDatabase(
  databaseUrl: string,
  {
    connectionLimit = defaultConnectionLimit,
    readConnectionLimit = defaultReadConnectionLimit,
  }: DatabaseOptions = {},
): Database {
  const settings = {
    ...connectionSettings(databaseUrl),
    minimumIdle,
    acquireTimeout,
    connectTimeout,
    prepareCacheLength,
  };
  const pool = createPool({ ...settings, connectionLimit: readConnectionLimit });
  const prisma = new PrismaClient({
    adapter: new PrismaMariaDb({ ...settings, connectionLimit }),
    transactionOptions: { maxWait: acquireTimeout, timeout: transactionTimeout },
  });
  return {
    prisma,
    pool,
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
