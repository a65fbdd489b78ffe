import type { Database } from '@comprimemelo/prisma/client/client';
import { hexOf } from '@comprimemelo/prisma/client/identifiers';

type Connection = Awaited<ReturnType<Database['pool']['getConnection']>>;

/** A delivery that is due, and this process's to try. */
export interface ClaimedDelivery {
  id: Buffer<ArrayBuffer>;
  webhookId: Buffer<ArrayBuffer>;
  eventId: Buffer<ArrayBuffer>;
  payload: string;
  /** JSON array of DeliveryAttempt. */
  attempts: string;
  /** Tries that were begun, this one among them. */
  attemptCount: number;
  roundCount: number;
}

/** By the id of a webhook in hexadecimal digits: how many tries of it are under way here. */
export type Busy = ReadonlyMap<string, number>;

interface Wanted {
  /** As many as there is room for. */
  limit: number;
  busy: Busy;
  /** Tries of one webhook at once. */
  perWebhook: number;
  /** Milliseconds until a claim is free again of which nothing was told. */
  lease: number;
}

type DueDelivery = Pick<ClaimedDelivery, 'id' | 'webhookId'>;

/** Taken at once, at most; and how many due ones are looked at for each: many may be of one webhook. */
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

/** The oldest ones, no more of any webhook than it has room for. */
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
 * Takes due deliveries that no other process has, oldest first. Each counts as a try from here on: one that ends
 * its process comes to an end too. READ COMMITTED: there the scan locks the rows that it returns and no gap.
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
