import type { Pool } from 'mariadb';
import { fromBytes, toBytes } from '../client/identifiers.js';

/** The requested page of an owner's list. Keyset pagination: every page costs the same. */
export interface PageQuery {
  ownerId: string;
  /** Maximum number of rows. */
  limit: number;
  order: 'asc' | 'desc';
  /** The last id of the previous page; absent for the first page. */
  after?: string;
}

export interface Page<Row> {
  rows: Row[];
  /** The `after` of the next page; null where this is the last one. */
  next: string | null;
}

export interface Selection {
  columns: string;
  table: string;
  /**
   * An index that ends in the id, after columns that the conditions fix. Without the hint the optimizer may choose
   * another index and sort.
   */
  index: string;
  /** Further conditions with the value of their question mark; undefined ones are left out. */
  filters: readonly (readonly [condition: string, value: string | Uint8Array | undefined])[];
}

const lowest = Buffer.alloc(16, 0x00);
const highest = Buffer.alloc(16, 0xff);

/** Times as text, as they are stored; BIGINT as number: the sizes here stay below 2^53. */
export const rowOptions = { dateStrings: true, bigIntAsNumber: true } as const;

/** Selects a page by one prepared statement. Throws a TypeError when an id is not a UUID. */
export async function selectPage<Row extends { id: Uint8Array }>(
  pool: Pool,
  { columns, table, index, filters }: Selection,
  { ownerId, limit, order, after }: PageQuery,
): Promise<Page<Row>> {
  const given = filters.filter(([, value]) => value !== undefined);
  const ascending = order === 'asc';
  const start = after === undefined ? (ascending ? lowest : highest) : toBytes(after);
  const conditions = [
    'owner_id = ?',
    ascending ? 'id > ?' : 'id < ?',
    ...given.map(([condition]) => condition),
  ].join(' AND ');
  const sql = `SELECT ${columns} FROM ${table} FORCE INDEX (${index})
    WHERE ${conditions} ORDER BY id ${ascending ? 'ASC' : 'DESC'} LIMIT ?`;
  const values = [toBytes(ownerId), start, ...given.map(([, value]) => value), limit + 1];

  const rows = await pool.execute<Row[]>({ sql, ...rowOptions }, values);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last ? fromBytes(last.id) : null };
}
