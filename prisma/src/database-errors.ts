import { setTimeout as pause } from 'node:timers/promises';

/** Deadlock; lock wait timeout; record changed since last read (MariaDB's snapshot isolation). */
const lostRaces: unknown[] = [1213, 1205, 1020];

const defaultAttempts = 5;
/** Milliseconds before the second attempt; random up to this, doubled each time. */
const firstPause = 20;

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;

/** What the driver adapter made of the server's error, inside Prisma's error. */
function driverCause(error: unknown): unknown {
  const adapterError = field(field(error, 'meta'), 'driverAdapterError') ?? error;
  return field(adapterError, 'cause');
}

/**
 * The name of the unique index that a write broke, as in schema.prisma's `map`; undefined when the error
 * is another one. With a driver adapter P2002 does not tell the fields.
 */
export function uniqueConstraint(error: unknown): string | undefined {
  const cause = driverCause(error);
  if (field(cause, 'kind') !== 'UniqueConstraintViolation') return undefined;
  const index = field(field(cause, 'constraint'), 'index');
  return typeof index === 'string' ? index : undefined;
}

/** True when the server gave up this transaction for another one: it can simply be run again. */
export function isDeadlock(error: unknown): boolean {
  if (field(error, 'code') === 'P2034') return true;
  const cause = driverCause(error);
  if (field(cause, 'kind') === 'TransactionWriteConflict') return true;
  return [field(error, 'errno'), field(cause, 'code')].some((code) => lostRaces.includes(code));
}

/** Runs the transaction, and again, a few times, when it lost a deadlock. Other errors pass. */
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
