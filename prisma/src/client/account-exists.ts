import type { Pool } from 'mariadb';
import { toBytes } from './identifiers.js';

const select = 'SELECT 1 FROM users WHERE id = ?';

/** Whether the account still exists: its access tokens stay valid for minutes after it is deleted. */
export async function accountExists(pool: Pool, id: string): Promise<boolean> {
  const rows = await pool.execute<unknown[]>(select, [toBytes(id)]);
  return rows.length > 0;
}
