import { setTimeout as pause } from 'node:timers/promises';
import { fromBytes } from '@comprimemelo/prisma/client/identifiers';
import { type AttemptDependencies, attemptDelivery } from './attempt-delivery.js';
import { type ClaimedDelivery, claimDeliveries } from './claim-deliveries.js';
import { RunningAttempts } from './running-attempts.js';

export interface DispatcherOptions extends AttemptDependencies {
  /** Tries at once, of this process. */
  concurrency?: number;
  /** Of those, tries to one webhook: a slow one leaves the rest to the others. */
  perWebhook?: number;
  /** Milliseconds between two looks at what is due when nobody calls wake(). */
  sweepInterval?: number;
  /** Milliseconds after which a try of which nothing was told is another's: well above what one may take. */
  lease?: number;
}

export interface Dispatcher {
  /** Looks for due deliveries at once. Call it after a commit. */
  wake(): void;
  /** Takes no more, and waits for the tries that are under way. */
  close(): Promise<void>;
}

/**
 * Sends what is due. Any number of dispatchers may run: each delivery is one's at a time, and a claim that was not
 * told of in time, because its process was killed, is taken up by another.
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

/** Each call takes what there is room for, and says whether there may be more. */
function createSteps(
  options: DispatcherOptions,
  underWay: RunningAttempts,
  onEnd: () => void,
): () => Promise<boolean> {
  const { db, logger, concurrency = 256, perWebhook = 4, lease = 60_000 } = options;

  const tried = (delivery: ClaimedDelivery) =>
    attemptDelivery(delivery, options).catch((err: unknown) => {
      // Its lease brings it back.
      logger.error({ err, deliveryId: fromBytes(delivery.id) }, 'a try could not be recorded');
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
