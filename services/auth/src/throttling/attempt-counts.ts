import { createHash } from 'node:crypto';
import type { Database } from '@comprimemelo/prisma/client/client';

/** The current count of one id. Times are those of the database clock. */
export interface Count {
  count: number;
  /** Milliseconds until the window or delay ends; 0 if it has ended. */
  wait: number;
}

type Pool = Database['pool'];

/** The id under which `subject` is counted for the purpose `what`. */
export const countedId = (what: string, subject: string): Buffer =>
  createHash('sha256').update(`${what}\n${subject}`).digest();

const now = 'UTC_TIMESTAMP(3)';
const waitOf = `GREATEST(0, CEIL(TIMESTAMPDIFF(MICROSECOND, ${now}, until) / 1000))`;
const asNumbers = { bigIntAsNumber: true, decimalAsNumber: true, insertIdAsNumber: true } as const;

const selectCounts = (ids: number) =>
  `SELECT id, count, ${waitOf} AS wait FROM attempt_counts WHERE id IN (${Array(ids).fill('?')})`;

/** Reads, in the order of the ids, and counts nothing. */
export async function readCounts(pool: Pool, ids: Buffer[]): Promise<Count[]> {
  const sql = { sql: selectCounts(ids.length), ...asNumbers };
  const rows = await pool.execute<(Count & { id: Buffer })[]>(sql, ids);
  return ids.map((id) => rows.find((row) => id.equals(row.id)) ?? { count: 0, wait: 0 });
}

export async function readCount(pool: Pool, id: Buffer): Promise<Count> {
  const [counted] = await readCounts(pool, [id]);
  return counted ?? { count: 0, wait: 0 };
}

// LAST_INSERT_ID returns the new value, so that each of many concurrent requests gets its own.
const countOne = `INSERT INTO attempt_counts (id, count, until)
  VALUES (?, 1, ${now} + INTERVAL ? SECOND)
  ON DUPLICATE KEY UPDATE
    count = LAST_INSERT_ID(IF(until <= ${now}, 1, count + 1)),
    until = IF(until <= ${now}, ${now} + INTERVAL ? SECOND, until)`;

/** Increments the count in a window that starts with the first request and lasts `seconds`. */
export async function countInWindow(pool: Pool, id: Buffer, seconds: number): Promise<Count> {
  const sql = { sql: countOne, ...asNumbers };
  const { insertId } = await pool.execute<{ insertId: number }>(sql, [id, seconds, seconds]);
  const { wait } = await readCount(pool, id);
  return { count: insertId || 1, wait };
}

export interface Delays {
  /** Failures without a delay. */
  free: number;
  /** Delay in seconds after the first failure that is not free; doubled with each. */
  first: number;
  /** Seconds. */
  longest: number;
}

const insertNone = `INSERT IGNORE INTO attempt_counts (id, count, until) VALUES (?, 0, ${now})`;
// `until` is set first, because it depends on the old count.
const countFailure = `UPDATE attempt_counts SET
    until = ${now} + INTERVAL IF(count < ?, 0, LEAST(?, ? * POW(2, LEAST(count - ?, 20)))) SECOND,
    count = count + 1
  WHERE id = ? AND until <= ${now}`;

/** Counts a failure and starts its delay. Returns false, without counting, during a delay. */
export async function countWithDelay(
  pool: Pool,
  id: Buffer,
  { free, first, longest }: Delays,
): Promise<boolean> {
  await pool.execute(insertNone, [id]);
  const values = [free, longest, first, free, id];
  const { affectedRows } = await pool.execute<{ affectedRows: number }>(countFailure, values);
  return affectedRows === 1;
}

export async function forgetCount(pool: Pool, id: Buffer): Promise<void> {
  await pool.execute('DELETE FROM attempt_counts WHERE id = ?', [id]);
}
