import { PrismaMariaDb } from '@prisma/adapter-mariadb';
import { createPool, type Pool } from 'mariadb';
import { connectionSettings } from './connection-settings.js';
import { type Prisma, PrismaClient } from './generated/client.js';

/**
 * Connections of one process for writes, and for hot reads, so that neither waits for the other. With 50
 * writes at once the slowest hundredth takes 58 ms with 25 connections and 2.5 s with 10.
 */
const defaultConnectionLimit = 25;
const readConnections = 10;
/** Connections of each kind that stay open when nothing runs. */
const minimumIdle = 2;
/** Milliseconds that a query or a transaction waits for a free connection, and a transaction may last. */
const acquireTimeout = 10_000;
const transactionTimeout = 20_000;
/** Statements a connection keeps prepared: more than this package has, far below the server's limit. */
const prepareCacheLength = 64;

/** The client inside `prisma.$transaction(async (tx) => ...)`. */
export type Transaction = Prisma.TransactionClient;

export interface Database {
  /** For the writes and the reads that are not hot. BIGINT columns are bigint here: use Number(size). */
  prisma: PrismaClient;
  /** The driver itself, for prepared statements: `pool.execute`. */
  pool: Pool;
  close(): Promise<void>;
}

/**
 * Opens the database of that address; connections are made when they are needed. Throws a TypeError
 * when the address is wrong.
 */
export function openDatabase(
  databaseUrl: string,
  { connectionLimit = defaultConnectionLimit }: { connectionLimit?: number } = {},
): Database {
  const settings = {
    ...connectionSettings(databaseUrl),
    minimumIdle,
    acquireTimeout,
    prepareCacheLength,
  };
  const pool = createPool({ ...settings, connectionLimit: readConnections });
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
