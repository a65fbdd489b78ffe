import type { Pool, PoolConnection } from 'mariadb';
import pTimeout from 'p-timeout';
import type { InFlight } from './in-flight.js';

/** Messages per batch: the maximum that a crash between confirm and mark can send twice. */
export const batchSize = 10;
/** Maximum number of unconfirmed messages; above it nothing new is published. */
const mostInFlight = 1_000;

export type Publish = (message: {
  exchange: string;
  routingKey: string;
  body: unknown;
  headers: Record<string, string>;
  messageId: string;
}) => Promise<void>;

interface OutboxRow {
  id: bigint;
  exchange: string;
  routingKey: string;
  body: string;
  headers: string;
}

export interface Batch {
  /** Messages that are not confirmed (yet); they stay unsent. */
  failed: number;
  /** True if there may be more rows after `last`. */
  full: boolean;
  last: bigint;
}

interface BatchOptions {
  publish: Publish;
  /** Milliseconds for which rows stay locked while waiting for confirms. A later batch marks late ones. */
  publishWithin: number;
  /** Shared by all batches of a process. */
  inFlight: InFlight;
  /** Only rows with a higher id. */
  after: bigint;
  logger: { error(details: object, message: string): void };
}

const selectUnsent = `SELECT id, exchange, routing_key AS routingKey, body, headers
  FROM outbox FORCE INDEX (outbox_sent_at_id_idx)
  WHERE sent_at IS NULL AND id > ? ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED`;

/**
 * Publishes the oldest unsent rows that no other relay has locked, in order, and marks the confirmed ones. READ
 * COMMITTED, because the scan then locks only rows and not the gap into which others insert.
 */
export async function relayBatch(pool: Pool, options: BatchOptions): Promise<Batch> {
  const connection = await pool.getConnection();
  try {
    // Sent together, because round trips dominate with small batches.
    const isolated = connection.query('SET TRANSACTION ISOLATION LEVEL READ COMMITTED');
    await Promise.all([isolated, connection.beginTransaction()]);
    const { settled, ...batch } = await relayLocked(connection, options);
    await connection.commit();
    options.inFlight.forget(settled);
    return batch;
  } catch (error) {
    await connection.rollback().catch(() => undefined);
    throw error;
  } finally {
    await connection.release();
  }
}

async function relayLocked(
  connection: PoolConnection,
  options: BatchOptions,
): Promise<Batch & { settled: Iterable<bigint> }> {
  const { after, inFlight } = options;
  const limit = batchSize + inFlight.size;
  const rows = await connection.execute<OutboxRow[]>(selectUnsent, [after, limit]);
  const unpublished = rows.filter(({ id }) => !inFlight.has(id));
  const room = Math.max(0, Math.min(batchSize, mostInFlight - inFlight.size));
  const fresh = unpublished.slice(0, room);
  const failed = await sendAll(fresh, options);

  const confirmed = inFlight.confirmed();
  const sent = rows.map(({ id }) => id).filter((id) => confirmed.has(id));
  await markSent(connection, sent);
  const full = fresh.length === batchSize;
  const sawAll = after === 0n && !full && fresh.length === unpublished.length;
  return {
    failed,
    full,
    last: fresh.at(-1)?.id ?? after,
    // A row that is no longer unsent was marked by another relay.
    settled: sawAll ? confirmed : sent,
  };
}

/** Publishes in order (one channel keeps it) and awaits all confirms. Returns the number of failures. */
async function sendAll(rows: OutboxRow[], options: BatchOptions): Promise<number> {
  const outcomes = await Promise.allSettled(rows.map((row) => send(row, options)));
  const failures = outcomes.filter((outcome) => outcome.status === 'rejected');
  if (failures.length > 0) {
    const details = { err: failures[0]?.reason, failed: failures.length };
    options.logger.error(details, 'outbox messages were not confirmed');
  }
  return failures.length;
}

async function markSent(connection: PoolConnection, ids: bigint[]): Promise<void> {
  if (ids.length === 0) return;
  const marks = ids.map(() => '?').join(',');
  await connection.query(
    `UPDATE outbox SET sent_at = UTC_TIMESTAMP(3), body = IF(secret, 'null', body)
     WHERE id IN (${marks})`,
    ids,
  );
}

/** Rejects if the message is refused or the confirm is late; a late confirm is still tracked. */
async function send(
  row: OutboxRow,
  { publish, publishWithin, inFlight }: BatchOptions,
): Promise<void> {
  const { id, exchange, routingKey } = row;
  const body: unknown = JSON.parse(row.body);
  const headers = JSON.parse(row.headers);
  const messageId = `outbox-${id}`;
  const published = inFlight.track(id, publish({ exchange, routingKey, body, headers, messageId }));
  const message = 'not confirmed within the time limit';
  await pTimeout(published, { milliseconds: publishWithin, message });
}
