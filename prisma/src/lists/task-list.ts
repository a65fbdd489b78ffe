import type { OperationName, TaskStatus } from '@comprimemelo/contracts/states';
import type { Pool } from 'mariadb';
import { toBytes } from '../client/identifiers.js';
import { type Page, type PageQuery, rowOptions, selectPage } from './keyset.js';
import { type TaskRow, taskColumns } from './task-row.js';

export interface TaskQuery extends PageQuery {
  status?: TaskStatus | undefined;
  operation?: OperationName | undefined;
}

/** A page of an owner's tasks. */
export const listTasks = (pool: Pool, query: TaskQuery): Promise<Page<TaskRow>> =>
  selectPage<TaskRow>(
    pool,
    {
      columns: taskColumns,
      table: 'tasks',
      index: 'tasks_owner_id_id_idx',
      filters: [
        ['status = ?', query.status],
        ['operation = ?', query.operation],
      ],
    },
    query,
  );

const selectTask = `SELECT ${taskColumns} FROM tasks WHERE id = ? AND owner_id = ?`;

/** One task of this owner; undefined where there is none. Throws a TypeError when an id is not a UUID. */
export async function getTask(
  pool: Pool,
  ownerId: string,
  id: string,
): Promise<TaskRow | undefined> {
  const values = [toBytes(id), toBytes(ownerId)];
  const [row] = await pool.execute<TaskRow[]>({ sql: selectTask, ...rowOptions }, values);
  return row;
}
