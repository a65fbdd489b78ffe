import type { Pool } from 'mariadb';
import { fromBytes } from '../client/identifiers.js';

/** Milliseconds between two reads: a session that has ended is known everywhere within twice that. */
const usualPause = 2_000;
/**
 * Milliseconds that a read goes back behind the last one: transactions take time to commit, and the clocks of two
 * machines differ.
 */
const overlap = 60_000;

const select = 'SELECT id, expires_at AS expiresAt FROM ended_sessions WHERE ended_at >= ?';

interface EndedRow {
  id: Uint8Array;
  expiresAt: Date;
}

export interface EndedSessions {
  /** Whether the session `id` (`sid` of an access token) has ended. */
  has(id: string): boolean;
  /** Reads at once what has ended since the last time. Throws if the database is away. */
  refresh(): Promise<void>;
  close(): void;
}

/** The time from which on the next read asks: at first for everything that is still kept. */
const since = (readAt: number) => new Date(Math.max(0, readAt - overlap));

/**
 * Watches the table of ended sessions, which services ask for each request. While the database is away, what is known
 * is kept: nothing that needs the database is answered then. `onFault` is told of each failed read.
 */
export function watchEndedSessions(
  { pool }: { pool: Pool },
  onFault: (error: unknown) => void,
  { pause = usualPause }: { pause?: number } = {},
): EndedSessions {
  /** When the access tokens of each have expired, in ms since 1970. */
  const ended = new Map<string, number>();
  let readAt = 0;

  async function read(): Promise<void> {
    const now = Date.now();
    const rows = await pool.execute<EndedRow[]>(select, [since(readAt)]);
    for (const { id, expiresAt } of rows) ended.set(fromBytes(id), expiresAt.getTime());
    for (const [id, expiresAt] of ended) if (expiresAt < now) ended.delete(id);
    readAt = now;
  }

  let reading: Promise<void> | undefined;
  function refresh(): Promise<void> {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  }

  const poll = () => void refresh().catch(onFault);
  poll();
  const timer = setInterval(poll, pause);
  return { has: (id) => ended.has(id), refresh, close: () => clearInterval(timer) };
}
