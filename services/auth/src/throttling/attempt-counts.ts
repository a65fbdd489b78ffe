import { createHash } from 'node:crypto';
import type { Database } from '@comprimemelo/prisma/client/client';

/** What has been counted of late for one id, by the clock of the database. */
export interface Count {
  count: number;
  /** Milliseconds until the window, or the delay, ends; 0 where it has. */
  wait: number;
}

type Pool = Database['pool'];

/** The id under which `subject` is counted for `what`. */
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

// LAST_INSERT_ID hands the new value over, so that of many at once each learns its own place.
const countOne = `INSERT INTO attempt_counts (id, count, until)
  VALUES (?, 1, ${now} + INTERVAL ? SECOND)
  ON DUPLICATE KEY UPDATE
    count = LAST_INSERT_ID(IF(until <= ${now}, 1, count + 1)),
    until = IF(until <= ${now}, ${now} + INTERVAL ? SECOND, until)`;

/** Counts one more in a window that begins with the first and lasts that many seconds. */
export async function countInWindow(pool: Pool, id: Buffer, seconds: number): Promise<Count> {
  const sql = { sql: countOne, ...asNumbers };
  const { insertId } = await pool.execute<{ insertId: number }>(sql, [id, seconds, seconds]);
  const { wait } = await readCount(pool, id);
  return { count: insertId || 1, wait };
}

export interface Delays {
  /** Failures after which nothing has to be waited for. */
  free: number;
  /** Seconds after the first failure that is not free; doubled with each. */
  first: number;
  /** Seconds. */
  longest: number;
}

const insertNone = `INSERT IGNORE INTO attempt_counts (id, count, until) VALUES (?, 0, ${now})`;
// `until` first: it goes by the count as it was.
const countFailure = `UPDATE attempt_counts SET
    until = ${now} + INTERVAL IF(count < ?, 0, LEAST(?, ? * POW(2, LEAST(count - ?, 20)))) SECOND,
    count = count + 1
  WHERE id = ? AND until <= ${now}`;

/** Counts a failure, and begins the delay that it costs. False, and not counted, while one lasts. */
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
