import { setTimeout as pause } from 'node:timers/promises';

/** Deadlock; lock wait timeout; record changed since last read (MariaDB's snapshot isolation). */
const lostRaces: unknown[] = [1213, 1205, 1020];

/** Prisma codes: server unreachable, timeout, lost connection, no free connection, too many connections. */
const unavailableInPrisma: unknown[] = ['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2037'];
/** The same as kinds of the driver adapter. */
const unavailableInAdapter: unknown[] = [
  'ConnectionClosed',
  'DatabaseNotReachable',
  'SocketTimeout',
  'TooManyConnections',
];
/**
 * The same as numbers: of the server (too many connections, of all and of one user; shutting down;
 * connection killed) and of the driver (connection closed, destroyed, cut, not made in time, silent; pool
 * closed, exhausted).
 */
const unavailableByNumber: unknown[] = [
  1040, 1203, 1053, 1927, 45001, 45004, 45009, 45012, 45013, 45019, 45026, 45027, 45028, 45035,
  45037, 45042, 45061,
];
const unavailableSockets: unknown[] = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
];

const defaultAttempts = 5;
/** Milliseconds before the second attempt; random up to this, doubled each time. */
const firstPause = 20;

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;

/** The driver adapter error inside an error of Prisma. */
function driverCause(error: unknown): unknown {
  const adapterError = field(field(error, 'meta'), 'driverAdapterError') ?? error;
  return field(adapterError, 'cause');
}

/**
 * The name of the unique index that a write violated, as in `map` of schema.prisma; undefined for other errors. With a
 * driver adapter, P2002 does not report the fields.
 */
export function uniqueConstraint(error: unknown): string | undefined {
  const cause = driverCause(error);
  if (field(cause, 'kind') !== 'UniqueConstraintViolation') return undefined;
  const index = field(field(cause, 'constraint'), 'index');
  return typeof index === 'string' ? index : undefined;
}

/** True if the server rolled back this transaction in favour of another one: it can simply be retried. */
export function isDeadlock(error: unknown): boolean {
  if (field(error, 'code') === 'P2034') return true;
  const cause = driverCause(error);
  if (field(cause, 'kind') === 'TransactionWriteConflict') return true;
  return [field(error, 'errno'), field(cause, 'code')].some((code) => lostRaces.includes(code));
}

/** Whether the error comes from the driver or Prisma, as opposed to other sockets. */
const isOfDatabase = (error: unknown): boolean =>
  field(error, 'sqlState') !== undefined || field(error, 'clientVersion') !== undefined;

/** True if the database is down or has no free connection: the same request may succeed later. */
export function isUnavailable(error: unknown): boolean {
  const code = field(error, 'code');
  if (unavailableInPrisma.includes(code)) return true;
  if (code === 'P2028')
    return /unable to start a transaction/i.test(String(field(error, 'message')));
  if (isOfDatabase(error) && unavailableSockets.includes(code)) return true;
  const cause = driverCause(error);
  if (unavailableInAdapter.includes(field(cause, 'kind'))) return true;
  return [field(error, 'errno'), field(cause, 'code')].some((number) =>
    unavailableByNumber.includes(number),
  );
}

/** Runs the transaction and retries it a few times after a deadlock. Other errors are thrown. */
export async function retrying<Result>(
  transaction: () => Promise<Result>,
  { attempts = defaultAttempts }: { attempts?: number } = {},
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt >= attempts || !isDeadlock(error)) throw error;
      await pause(Math.random() * firstPause * 2 ** (attempt - 1));
    }
  }
}
