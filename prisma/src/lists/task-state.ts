import { type TaskStatus, taskStatuses } from '@comprimemelo/contracts/states';
import type { TaskState } from '@comprimemelo/contracts/task';
import type { Pool } from 'mariadb';
import { fromBytes, toBytes } from '../client/identifiers.js';
import { nullableTimeText } from '../client/time-text.js';
import { rowOptions } from './keyset.js';
import { isAvailable, type TaskRow } from './task-row.js';

/** The stored columns that event streams report of a task. */
export type TaskStateRow = Pick<
  TaskRow,
  'id' | 'status' | 'progress' | 'attempt' | 'resultCount' | 'error' | 'finishedAt'
>;

const columns = `id, status, progress, attempt, result_count AS resultCount, error,
  finished_at AS finishedAt`;

export const toTaskState = (row: TaskStateRow): TaskState => ({
  id: fromBytes(row.id),
  status: row.status,
  available: isAvailable(row),
  progress: row.progress,
  attempts: row.attempt,
  resultCount: row.resultCount,
  error: row.error === null ? null : JSON.parse(row.error),
  finishedAt: nullableTimeText(row.finishedAt),
});

const selectOne = `SELECT ${columns} FROM tasks WHERE id = ? AND owner_id = ?`;

/** The state of a task of this owner; undefined if there is none. Throws a TypeError if an id is not a UUID. */
export async function getTaskState(
  pool: Pool,
  ownerId: string,
  id: string,
): Promise<TaskState | undefined> {
  const values = [toBytes(id), toBytes(ownerId)];
  const [row] = await pool.execute<TaskStateRow[]>({ sql: selectOne, ...rowOptions }, values);
  return row && toTaskState(row);
}

const selectSome = `SELECT ${columns} FROM tasks WHERE owner_id = ? AND id IN (?)`;

/** The states of those tasks that belong to this owner, in no particular order. */
export async function getTaskStates(
  pool: Pool,
  ownerId: string,
  ids: readonly string[],
): Promise<TaskState[]> {
  if (ids.length === 0) return [];
  // Not prepared, because each number of ids would be a different statement.
  const values = [toBytes(ownerId), ids.map(toBytes)];
  const rows = await pool.query<TaskStateRow[]>({ sql: selectSome, ...rowOptions }, values);
  return rows.map(toTaskState);
}

export interface ChangesQuery {
  ownerId: string;
  statuses?: readonly TaskStatus[];
  /** Changed at this time or later. */
  since: Date;
  /** Maximum number of tasks. */
  limit: number;
}

/** Lists all statuses, because the time is the last column of the index and each column before it must be fixed. */
const selectChanged = (statuses: readonly TaskStatus[]) => `SELECT ${columns}
  FROM tasks FORCE INDEX (tasks_owner_id_status_touched_at_idx)
  WHERE owner_id = ? AND status IN (${statuses.map((status) => `'${status}'`).join(', ')})
    AND touched_at >= ? LIMIT ?`;

/** The tasks of an owner that changed since a time, with one index range per status. */
export async function changedTaskStates(
  pool: Pool,
  { ownerId, statuses = taskStatuses, since, limit }: ChangesQuery,
): Promise<TaskState[]> {
  const values = [toBytes(ownerId), since, limit];
  const sql = selectChanged(statuses);
  const rows = await pool.execute<TaskStateRow[]>({ sql, ...rowOptions }, values);
  return rows.map(toTaskState);
}
