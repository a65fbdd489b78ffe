import type { Pool, PoolConnection } from 'mariadb';
import type { InFlight } from './in-flight.js';

/** Messages in one batch: as many as a crash between confirm and mark sends twice, at most. */
export const batchSize = 10;
/** Messages without an answer from the broker, at most: beyond them nothing new is published. */
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
  /** Messages that were not confirmed, or not yet; they stay unsent. */
  failed: number;
  /** True when there may be more rows behind `last`. */
  full: boolean;
  last: bigint;
}

interface BatchOptions {
  publish: Publish;
  /** Milliseconds that rows stay locked for the answer; a late one is marked by a later batch. */
  publishWithin: number;
  /** The same for all batches of a process. */
  inFlight: InFlight;
  /** Only rows with a higher id. */
  after: bigint;
  logger: { error(details: object, message: string): void };
}

const selectUnsent = `SELECT id, exchange, routing_key AS routingKey, body, headers
  FROM outbox FORCE INDEX (outbox_sent_at_id_idx)
  WHERE sent_at IS NULL AND id > ? ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED`;

/**
 * Publishes the oldest unsent rows that no other relay holds, in order, and marks what is confirmed.
 * READ COMMITTED: there the scan locks rows only, not the gap into which others insert.
 */
export async function relayBatch(pool: Pool, options: BatchOptions): Promise<Batch> {
  const connection = await pool.getConnection();
  try {
    // Sent together: each way to the server and back counts with small batches.
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
    // A row that is not among the unsent any more was marked by another relay.
    settled: sawAll ? confirmed : sent,
  };
}

/** Started in order and confirmed together: one channel keeps the order. Returns how many were not. */
async function sendAll(rows: OutboxRow[], options: BatchOptions): Promise<number> {
  const outcomes = await Promise.allSettled(rows.map((row) => send(row, options)));
  const failures = outcomes.filter((outcome) => outcome.status === 'rejected');
  if (failures.length > 0) {
    const details = { err: failures[0]?.reason, failed: failures.length };
    options.logger.error(details, 'messages of the outbox were not confirmed');
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

/** Rejects when it was refused, and when the answer is late; what is late is still followed. */
async function send(
  row: OutboxRow,
  { publish, publishWithin, inFlight }: BatchOptions,
): Promise<void> {
  const { id, exchange, routingKey } = row;
  const body: unknown = JSON.parse(row.body);
  const headers = JSON.parse(row.headers);
  const messageId = `outbox-${id}`;
  const published = inFlight.track(id, publish({ exchange, routingKey, body, headers, messageId }));
  let timer: NodeJS.Timeout | undefined;
  const bound = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no confirm in time')), publishWithin);
  });
  try {
    await Promise.race([published, bound]);
  } finally {
    clearTimeout(timer);
  }
}
