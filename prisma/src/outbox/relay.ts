import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'mariadb';
import { InFlight } from './in-flight.js';
import { type Publish, relayBatch } from './relay-batch.js';
import { deleteSentMessages } from './sent-messages.js';

const defaultSweepInterval = 1_000;
const defaultPublishWithin = 15_000;
/** Pause in milliseconds after a batch with a failed message; wake() does not shorten it. */
const pauseAfterFailure = 500;
/** Milliseconds between two cleanups of old sent messages. */
const cleaningInterval = 10 * 60_000;

export interface RelayOptions {
  db: { pool: Pool };
  /** Resolves when the broker has confirmed, rejects when it definitely has not. */
  publish: Publish;
  /** While it returns false, nothing is attempted and no row is locked. */
  isReady?: () => boolean;
  logger: { error(details: object, message: string): void };
  /** Milliseconds between two polls of the outbox without wake(). */
  sweepInterval?: number;
  /**
   * Milliseconds for which a row is locked while its message is unconfirmed. This relay does not publish it again before
   * the outcome is known, however late; another process may do so once.
   */
  publishWithin?: number;
}

export interface Relay {
  /** Polls the outbox immediately. Call it after a commit; it costs nothing while a batch is running. */
  wake(): void;
  /** Waits for the running batch. Unsent messages stay in the outbox. */
  close(): Promise<void>;
}

/**
 * Publishes the messages in the outbox in write order and marks them as sent after the confirm. Any number of relays
 * can run: each row is locked by one of them. A crash between confirm and mark sends a batch twice, with the same
 * message ids.
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

/** Each call relays one batch and returns whether there may be more. */
function createSteps(options: RelayOptions): () => Promise<boolean> {
  const { db, publish, logger, isReady = () => true } = options;
  const { publishWithin = defaultPublishWithin } = options;
  const inFlight = new InFlight();
  let after = 0n;
  return async () => {
    if (!isReady()) return false;
    const batch = await relayBatch(db.pool, { publish, publishWithin, inFlight, after, logger });
    // Messages after a failed batch must not wait for it.
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
