import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'mariadb';
import { InFlight } from './in-flight.js';
import { type Publish, relayBatch } from './relay-batch.js';
import { deleteSentMessages } from './sent-messages.js';

const defaultSweepInterval = 1_000;
const defaultPublishWithin = 15_000;
/** Milliseconds after a batch with a message that could not be published; wake() does not shorten it. */
const pauseAfterFailure = 500;
/** Milliseconds between two removals of what was sent long ago. */
const cleaningInterval = 10 * 60_000;

export interface RelayOptions {
  db: { pool: Pool };
  /** Resolves once the broker has confirmed, rejects once it will not; never before it is decided. */
  publish: Publish;
  /** While false nothing is tried, and no row is locked. */
  isReady?: () => boolean;
  logger: { error(details: object, message: string): void };
  /** Milliseconds between two looks at the outbox when nobody calls wake(). */
  sweepInterval?: number;
  /**
   * Milliseconds that a row is locked while its message is unconfirmed. This relay does not publish it
   * again before that is decided, however late; another process may, once.
   */
  publishWithin?: number;
}

export interface Relay {
  /** Looks for messages at once. Call it after a commit; it costs nothing while a batch runs. */
  wake(): void;
  /** Waits for the batch that runs. What is unsent stays in the outbox. */
  close(): Promise<void>;
}

/**
 * Publishes what lies in the outbox, in the order of writing, and marks it sent after the confirm. Any
 * number of relays may run: each row is locked by one of them. A crash between confirm and mark sends
 * a batch of messages twice, with the same message ids.
 */
export function startRelay(options: RelayOptions): Relay {
  const { logger, sweepInterval = defaultSweepInterval } = options;
  const relayNext = createSteps(options);
  let closed = false;
  let alarm = new AbortController();

  const run = async () => {
    while (!closed) {
      alarm = new AbortController();
      const more = await relayNext().catch((err: unknown) => {
        logger.error({ err }, 'the outbox could not be read');
        return false;
      });
      if (more || closed) continue;
      await pause(sweepInterval, undefined, { signal: alarm.signal }).catch(() => undefined);
    }
  };
  const running = run();
  const cleaning = startCleaning(options);

  return {
    wake: () => alarm.abort(),
    async close() {
      closed = true;
      alarm.abort();
      clearInterval(cleaning);
      await running;
    },
  };
}

/** Each call relays one batch, and says whether there may be more. */
function createSteps(options: RelayOptions): () => Promise<boolean> {
  const { db, publish, logger, isReady = () => true } = options;
  const { publishWithin = defaultPublishWithin } = options;
  const inFlight = new InFlight();
  let after = 0n;
  return async () => {
    if (!isReady()) return false;
    const batch = await relayBatch(db.pool, { publish, publishWithin, inFlight, after, logger });
    // The messages behind a batch that fails must not wait for those.
    after = batch.full ? batch.last : 0n;
    if (batch.failed > 0) await pause(pauseAfterFailure);
    return batch.full;
  };
}

const startCleaning = ({ db, logger }: RelayOptions): NodeJS.Timeout =>
  setInterval(() => {
    deleteSentMessages(db.pool).catch((err: unknown) => {
      logger.error({ err }, 'sent messages could not be deleted');
    });
  }, cleaningInterval);
