import type { Pool } from 'mariadb';

const keptDays = 1;
/** Rows per statement, to keep locks short. */
const rowsAtOnce = 1_000;

/**
 * Deletes messages that were sent more than a day ago and returns their number. READ COMMITTED, because a stricter
 * level would lock the gap into which new messages are inserted.
 */
export async function deleteSentMessages(pool: Pool): Promise<number> {
  const connection = await pool.getConnection();
  try {
    for (let deleted = 0; ; ) {
      await connection.query('SET TRANSACTION ISOLATION LEVEL READ COMMITTED');
      const { affectedRows } = await connection.query<{ affectedRows: number }>(
        `DELETE FROM outbox WHERE sent_at < UTC_TIMESTAMP(3) - INTERVAL ${keptDays} DAY
         ORDER BY sent_at LIMIT ${rowsAtOnce}`,
      );
      deleted += affectedRows;
      if (affectedRows < rowsAtOnce) return deleted;
    }
  } finally {
    await connection.release();
  }
}
