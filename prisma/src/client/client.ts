import { PrismaMariaDb } from '@prisma/adapter-mariadb';
import { createPool, type Pool } from 'mariadb';
import { type Prisma, PrismaClient } from '../generated/client.js';
import { connectionSettings } from './connection-settings.js';

/**
 * Connections of one process for writes, and for hot reads and the relay, so that neither waits for the
 * other. Two copies of the three services that write stay below the default `max_connections` of 151.
 */
const defaultConnectionLimit = 15;
const defaultReadConnectionLimit = 6;
/** Connections of each kind that stay open when nothing runs. */
const minimumIdle = 2;
/**
 * Milliseconds that a query or a transaction waits for a free connection, that the server has to answer a
 * new one, and that a transaction may last.
 */
const acquireTimeout = 5_000;
const connectTimeout = 2_000;
const transactionTimeout = 20_000;
/** Statements a connection keeps prepared: more than this package has, far below the server's limit. */
const prepareCacheLength = 64;

/** The client inside `prisma.$transaction(async (tx) => ...)`. */
export type Transaction = Prisma.TransactionClient;

export interface DatabaseOptions {
  /** Connections for writes and for the reads by Prisma. Default: 15. */
  connectionLimit?: number;
  /** Connections of `pool`. Default: 6. */
  readConnectionLimit?: number;
}

export interface Database {
  /** For the writes and the reads that are not hot. BIGINT columns are bigint here: use Number(size). */
  prisma: PrismaClient;
  /** The driver itself, for prepared statements: `pool.execute`. */
  pool: Pool;
  close(): Promise<void>;
}

/**
 * Opens the database of that address; connections are made when they are needed. Throws a TypeError
 * when the address is wrong. `isUnavailable` of database-errors knows the errors of a server that is away.
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
