import type { Pool, PoolConnection } from 'mariadb';

/** Messages in one batch. */
export const batchSize = 100;

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
  /** Messages that were not confirmed; they stay unsent. */
  failed: number;
  /** True when there may be more rows behind `last`. */
  full: boolean;
  last: bigint;
}

interface BatchOptions {
  publish: Publish;
  /** Milliseconds until each must be confirmed: rows are locked no longer. */
  publishWithin: number;
  /** Only rows with a higher id. */
  after: bigint;
  logger: { error(details: object, message: string): void };
}

const selectUnsent = `SELECT id, exchange, routing_key AS routingKey, body, headers
  FROM outbox FORCE INDEX (outbox_sent_at_id_idx)
  WHERE sent_at IS NULL AND id > ? ORDER BY id LIMIT ${batchSize} FOR UPDATE SKIP LOCKED`;

/**
 * Publishes the oldest unsent rows that no other relay holds, in order. READ COMMITTED: there the scan
 * locks rows only, not the gap into which others insert.
 */
export async function relayBatch(pool: Pool, options: BatchOptions): Promise<Batch> {
  const connection = await pool.getConnection();
  try {
    await connection.query('SET TRANSACTION ISOLATION LEVEL READ COMMITTED');
    await connection.beginTransaction();
    const batch = await relayLocked(connection, options);
    await connection.commit();
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
  { publish, publishWithin, after, logger }: BatchOptions,
): Promise<Batch> {
  const rows = await connection.execute<OutboxRow[]>(selectUnsent, [after]);
  // Started in order and confirmed together: one channel keeps the order.
  const outcomes = await Promise.allSettled(
    rows.map((row) => send(row, { publish, publishWithin })),
  );
  const sent = rows.filter((_row, index) => outcomes[index]?.status === 'fulfilled');
  await markSent(connection, sent);
  const failed = rows.length - sent.length;
  if (failed > 0) {
    const failure = outcomes.find((outcome) => outcome.status === 'rejected');
    logger.error({ err: failure?.reason, failed }, 'messages of the outbox were not published');
  }
  return {
    failed,
    full: rows.length === batchSize,
    last: rows.at(-1)?.id ?? after,
  };
}

async function markSent(connection: PoolConnection, rows: OutboxRow[]): Promise<void> {
  if (rows.length === 0) return;
  const marks = rows.map(() => '?').join(',');
  await connection.query(
    `UPDATE outbox SET sent_at = UTC_TIMESTAMP(3) WHERE id IN (${marks})`,
    rows.map(({ id }) => id),
  );
}

async function send(
  row: OutboxRow,
  { publish, publishWithin }: Pick<BatchOptions, 'publish' | 'publishWithin'>,
): Promise<void> {
  const { exchange, routingKey } = row;
  const published = publish({
    exchange,
    routingKey,
    body: JSON.parse(row.body),
    headers: JSON.parse(row.headers),
    messageId: `outbox-${row.id}`,
  });
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
