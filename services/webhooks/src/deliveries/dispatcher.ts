import { setTimeout as pause } from 'node:timers/promises';
import { fromBytes } from '@comprimemelo/prisma/client/identifiers';
import { type AttemptDependencies, attemptDelivery } from './attempt-delivery.js';
import { type ClaimedDelivery, claimDeliveries } from './claim-deliveries.js';
import { RunningAttempts } from './running-attempts.js';

export interface DispatcherOptions extends AttemptDependencies {
  /** Concurrent attempts in this process. */
  concurrency?: number;
  /** Concurrent attempts per webhook, so that a slow one does not block the others. */
  perWebhook?: number;
  /** Milliseconds between two polls for due deliveries without wake(). */
  sweepInterval?: number;
  /** Milliseconds after which an unfinished claim can be taken over; much longer than an attempt. */
  lease?: number;
}

export interface Dispatcher {
  /** Polls for due deliveries immediately. Call it after a commit. */
  wake(): void;
  /** Stops claiming and waits for running attempts. */
  close(): Promise<void>;
}

/**
 * Sends due deliveries. Any number of dispatchers can run: each delivery is claimed by one at a time, and if a process
 * is killed, another takes over its claims when they expire.
 */
export function startDispatcher(options: DispatcherOptions): Dispatcher {
  const { logger, sweepInterval = 1_000 } = options;
  const underWay = new RunningAttempts();
  let closed = false;
  let alarm = new AbortController();
  const wake = () => alarm.abort();
  const takeDue = createSteps(options, underWay, wake);

  const run = async () => {
    while (!closed) {
      alarm = new AbortController();
      const more = await takeDue().catch((err: unknown) => {
        logger.error({ err }, 'the deliveries that are due could not be read');
        return false;
      });
      if (more || closed) continue;
      await pause(sweepInterval, undefined, { signal: alarm.signal }).catch(() => undefined);
    }
  };
  const running = run();

  return {
    wake,
    async close() {
      closed = true;
      wake();
      await running;
      await underWay.ended();
    },
  };
}

/** Each call claims up to the free capacity and returns whether there may be more. */
function createSteps(
  options: DispatcherOptions,
  underWay: RunningAttempts,
  onEnd: () => void,
): () => Promise<boolean> {
  const { db, logger, concurrency = 256, perWebhook = 4, lease = 60_000 } = options;

  const tried = (delivery: ClaimedDelivery) =>
    attemptDelivery(delivery, options).catch((err: unknown) => {
      // It is retried when its claim expires.
      logger.error(
        { err, deliveryId: fromBytes(delivery.id) },
        'a delivery attempt could not be recorded',
      );
    });

  return async () => {
    const limit = concurrency - underWay.size;
    if (limit === 0) return false;
    const { busy } = underWay;
    const claimed = await claimDeliveries(db, { limit, busy, perWebhook, lease });
    for (const delivery of claimed) underWay.add(delivery, tried(delivery), onEnd);
    return claimed.length > 0;
  };
}
