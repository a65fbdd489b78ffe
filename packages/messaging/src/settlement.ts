import { exchanges, retryLimit } from '@comprimemelo/contracts/queues';
import type { BrokerConnection } from './connection.js';
import type { Logger } from './logger.js';
import { type Message, type Outcome, retryCountHeader } from './message.js';
import { persist } from './persist.js';
import { createPublisher, type Publisher } from './publisher.js';
import { retryLaneOf } from './topology.js';

/**
 * Milliseconds that a message without a retry queue is tried again here before it is dead-lettered:
 * below RabbitMQ's consumer_timeout of 30 minutes, above a restart of the database.
 */
const patience = 20 * 60_000;

interface SettlementOptions<Body> {
  queue: string;
  handler(message: Message<Body>): Promise<Outcome>;
  onExhausted?(message: Message<Body>): Promise<void>;
  logger: Logger;
  isClosing(): boolean;
}

interface Settlement<Body> {
  /** `stop` ends the pauses between tries. */
  settle(message: Message<Body>, stop: AbortSignal): Promise<Outcome>;
  close(): Promise<void>;
}

/** Runs the handler and says how the delivery ends. 'retry' means: give it back as it came. */
export function createSettlement<Body>(
  connection: BrokerConnection,
  options: SettlementOptions<Body>,
): Settlement<Body> {
  const lane = retryLaneOf(options.queue);
  if (lane === undefined) {
    return {
      settle: (message, stop) => settleHere(message, { ...options, stop }),
      close: async () => undefined,
    };
  }
  const publisher = createPublisher(connection);
  return {
    settle: (message, stop) => settleByLane(message, { ...options, lane, publisher, stop }),
    close: () => publisher.close(),
  };
}

/** Tried again here: a nack counts as a delivery on some versions of RabbitMQ and loops on others. */
async function settleHere<Body>(
  message: Message<Body>,
  options: SettlementOptions<Body> & { stop: AbortSignal },
): Promise<Outcome> {
  const { stop } = options;
  const outcome = await persist(() => attempt(message, options), { stop, patience });
  return outcome === 'retry' && !stop.aborted ? 'reject' : outcome;
}

async function settleByLane<Body>(
  message: Message<Body>,
  options: SettlementOptions<Body> & { lane: string; publisher: Publisher; stop: AbortSignal },
): Promise<Outcome> {
  const { onExhausted, isClosing, stop } = options;
  const outcome = await attempt(message, options);
  if (outcome !== 'retry') return outcome;
  // The broker gives a lost delivery to another consumer: a second copy would only double the work.
  const cut = message.signal.aborted;
  if (cut && !isClosing()) return 'retry';
  const exhausted = message.retries >= retryLimit && !cut;
  if (exhausted && !onExhausted) return 'reject';

  const settle = async (): Promise<Outcome> => {
    if (exhausted) await onExhausted?.(message);
    else await publishLater(message, { ...options, retries: message.retries + (cut ? 0 : 1) });
    return 'done';
  };
  return persist(() => attempt(message, { ...options, handler: settle }), {
    stop,
    patience: Number.POSITIVE_INFINITY,
  });
}

const publishLater = (
  { body, trace, messageId }: Message<unknown>,
  { lane, publisher, retries }: { lane: string; publisher: Publisher; retries: number },
) =>
  publisher.publish({
    exchange: exchanges.retries,
    routingKey: lane,
    body,
    headers: { ...trace, [retryCountHeader]: retries },
    ...(messageId === undefined ? {} : { messageId }),
  });

async function attempt<Body>(
  message: Message<Body>,
  { handler, queue, logger }: SettlementOptions<Body>,
): Promise<Outcome> {
  try {
    return await handler(message);
  } catch (err) {
    const { messageId, trace, retries } = message;
    logger.error({ err, queue, messageId, retries, ...trace }, 'a message could not be handled');
    return 'retry';
  }
}
