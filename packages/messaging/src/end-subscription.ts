import type { Consumer as Subscription } from 'rabbitmq-client';
import { endsWithin } from './bounded.js';
import type { Lease } from './lease.js';
import type { Logger } from './logger.js';

/** Milliseconds that handlers are given to end before they are aborted, and then to heed that. */
const defaultCloseWithin = 20_000;
const abortWithin = 3_000;

interface EndOptions {
  queue: string;
  logger: Logger;
  lease: Lease;
  closeWithin?: number;
}

/** Cancels, awaits the handlers that run, closes the channel; bounded in time. */
export async function endSubscription(
  subscription: Subscription,
  { queue, logger, lease, closeWithin = defaultCloseWithin }: EndOptions,
): Promise<void> {
  lease.close();
  const closed = subscription.close().catch((err: unknown) => {
    logger.warn({ err, queue }, 'the consumer was not closed in order');
  });
  if (await endsWithin(closed, closeWithin)) return;
  logger.warn({ queue }, 'handlers that still run are aborted');
  lease.abort();
  await endsWithin(closed, abortWithin);
}
