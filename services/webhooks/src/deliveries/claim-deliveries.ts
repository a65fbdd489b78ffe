import type { Database } from '@comprimemelo/prisma/client/client';
import { hexOf } from '@comprimemelo/prisma/client/identifiers';

type Connection = Awaited<ReturnType<Database['pool']['getConnection']>>;

/** A due delivery that this process has claimed. */
export interface ClaimedDelivery {
  id: Buffer<ArrayBuffer>;
  webhookId: Buffer<ArrayBuffer>;
  eventId: Buffer<ArrayBuffer>;
  payload: string;
  /** JSON array of DeliveryAttempt. */
  attempts: string;
  /** Number of started attempts, including this one. */
  attemptCount: number;
  roundCount: number;
}

/** Number of running attempts per webhook id (hexadecimal) in this process. */
export type Busy = ReadonlyMap<string, number>;

interface Wanted {
  /** Maximum number to claim. */
  limit: number;
  busy: Busy;
  /** Concurrent attempts per webhook. */
  perWebhook: number;
  /** Milliseconds after which an unfinished claim expires. */
  lease: number;
}

type DueDelivery = Pick<ClaimedDelivery, 'id' | 'webhookId'>;

/** Maximum claims per batch, and the due rows examined per claim, because many may belong to one webhook. */
const batchSize = 32;
const lookedAt = 8;

const marks = (count: number): string => Array(count).fill('?').join();

const selectDue = (excluded: number) => `SELECT id, webhook_id AS webhookId
  FROM webhook_deliveries FORCE INDEX (webhook_deliveries_next_attempt_at_webhook_id_idx)
  WHERE next_attempt_at <= UTC_TIMESTAMP(3)
    AND (leased_until IS NULL OR leased_until <= UTC_TIMESTAMP(3))
    ${excluded === 0 ? '' : `AND webhook_id NOT IN (${marks(excluded)})`}
  ORDER BY next_attempt_at LIMIT ? FOR UPDATE SKIP LOCKED`;

const takeLease = (count: number) => `UPDATE webhook_deliveries
  SET leased_until = UTC_TIMESTAMP(3) + INTERVAL ? MICROSECOND,
    attempt_count = attempt_count + 1, round_count = round_count + 1
  WHERE id IN (${marks(count)})`;

const selectClaimed = (count: number) => `SELECT id, webhook_id AS webhookId, event_id AS eventId,
    payload, attempts, attempt_count AS attemptCount, round_count AS roundCount
  FROM webhook_deliveries WHERE id IN (${marks(count)})`;

/** The oldest deliveries, without exceeding the limit of any webhook. */
function fairShare(due: DueDelivery[], { limit, busy, perWebhook }: Wanted): DueDelivery[] {
  const taken = new Map(busy);
  const share = due.filter(({ webhookId }) => {
    const key = hexOf(webhookId);
    const count = taken.get(key) ?? 0;
    if (count >= perWebhook) return false;
    taken.set(key, count + 1);
    return true;
  });
  return share.slice(0, Math.min(limit, batchSize));
}

async function claimLocked(connection: Connection, wanted: Wanted): Promise<ClaimedDelivery[]> {
  const full = [...wanted.busy].filter(([, count]) => count >= wanted.perWebhook);
  const excluded = full.map(([key]) => Buffer.from(key, 'hex'));
  const looked = Math.min(wanted.limit, batchSize) * lookedAt;
  const due = await connection.query<DueDelivery[]>(selectDue(full.length), [...excluded, looked]);
  const ids = fairShare(due, wanted).map(({ id }) => id);
  if (ids.length === 0) return [];
  await connection.query(takeLease(ids.length), [wanted.lease * 1_000, ...ids]);
  return connection.query<ClaimedDelivery[]>(selectClaimed(ids.length), ids);
}

/**
 * Claims due deliveries that no other process has, oldest first. Each claim counts as an attempt, so that a delivery
 * that crashes its process is eventually given up. READ COMMITTED, because the scan then locks only the returned rows
 * and no gaps.
 */
export async function claimDeliveries(
  { pool }: Pick<Database, 'pool'>,
  wanted: Wanted,
): Promise<ClaimedDelivery[]> {
  const connection = await pool.getConnection();
  try {
    const isolated = connection.query('SET TRANSACTION ISOLATION LEVEL READ COMMITTED');
    await Promise.all([isolated, connection.beginTransaction()]);
    const claimed = await claimLocked(connection, wanted);
    await connection.commit();
    return claimed;
  } catch (error) {
    await connection.rollback().catch(() => undefined);
    throw error;
  } finally {
    await connection.release();
  }
}
