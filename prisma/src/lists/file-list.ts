import type { FileKindName } from '@comprimemelo/contracts/states';
import type { Pool } from 'mariadb';
import { toBytes } from '../client/identifiers.js';
import { type FileRow, fileColumns } from './file-row.js';
import { type Page, type PageQuery, rowOptions, selectPage } from './keyset.js';

export interface FileQuery extends PageQuery {
  kind?: FileKindName | undefined;
  /** The exact name. */
  name?: string | undefined;
  /** Only the inputs and results of this task. */
  task?: string | undefined;
}

/** A page of an owner's files. Throws a TypeError when an id is not a UUID. */
export const listFiles = (pool: Pool, query: FileQuery): Promise<Page<FileRow>> =>
  selectPage<FileRow>(
    pool,
    {
      columns: fileColumns,
      table: 'files',
      index: query.task === undefined ? 'files_owner_id_id_idx' : 'files_task_id_id_idx',
      filters: [
        ['task_id = ?', query.task === undefined ? undefined : toBytes(query.task)],
        ['kind = ?', query.kind],
        ['name = ? COLLATE utf8mb4_bin', query.name],
      ],
    },
    query,
  );

const selectFile = `SELECT ${fileColumns} FROM files WHERE id = ? AND owner_id = ?`;

/** One file of this owner; undefined where there is none. Throws a TypeError when an id is not a UUID. */
export async function getFile(
  pool: Pool,
  ownerId: string,
  id: string,
): Promise<FileRow | undefined> {
  const values = [toBytes(id), toBytes(ownerId)];
  const [row] = await pool.execute<FileRow[]>({ sql: selectFile, ...rowOptions }, values);
  return row;
}
