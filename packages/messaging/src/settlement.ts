import { exchanges, retryLimit } from '@comprimemelo/contracts/queues';
import type { BrokerConnection } from './connection.js';
import type { Logger } from './logger.js';
import { type Message, type Outcome, retryCountHeader } from './message.js';
import { persist } from './persist.js';
import { createPublisher, type Publisher } from './publisher.js';
import { retryLaneOf } from './topology.js';

/**
 * Milliseconds that a message without a retry queue is held and tried here before it goes to the end of
 * its queue, so that those behind it have their turn.
 */
const defaultHoldFor = 60_000;

interface SettlementOptions<Body> {
  queue: string;
  handler(message: Message<Body>): Promise<Outcome>;
  onExhausted?(message: Message<Body>): Promise<void>;
  logger: Logger;
  holdFor?: number;
  /** Whether close() ended the handlers that ran: what aborts their signals otherwise is a lost delivery. */
  isCutOff(): boolean;
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
  const publisher = createPublisher(connection);
  return {
    settle: (message, stop) =>
      lane === undefined
        ? settleHere(message, { ...options, publisher, stop })
        : settleByLane(message, { ...options, lane, publisher, stop }),
    close: () => publisher.close(),
  };
}

type Settling<Body> = SettlementOptions<Body> & { publisher: Publisher; stop: AbortSignal };

/**
 * Tries again here, then puts a copy at the end of the queue. Never a nack where it can be helped: it
 * counts as a delivery on some versions of RabbitMQ and loops on others.
 */
async function settleHere<Body>(message: Message<Body>, options: Settling<Body>): Promise<Outcome> {
  const { queue, stop, holdFor = defaultHoldFor } = options;
  const outcome = await persist(() => attempt(message, options), { stop, timeout: holdFor });
  // The broker gives a lost delivery to another consumer: a second copy would only double the work.
  if (outcome !== 'retry' || message.signal.aborted) return outcome;
  const endOfQueue = { exchange: '', routingKey: queue, retries: message.retries + 1 };
  return settleBy(() => publishAgain(message, options.publisher, endOfQueue), message, options);
}

async function settleByLane<Body>(
  message: Message<Body>,
  options: Settling<Body> & { lane: string },
): Promise<Outcome> {
  const { onExhausted, isCutOff, lane, publisher } = options;
  const outcome = await attempt(message, options);
  if (outcome !== 'retry') return outcome;
  const cut = message.signal.aborted;
  if (cut && !isCutOff()) return 'retry';
  if (message.retries < retryLimit || cut) {
    const retries = message.retries + (cut ? 0 : 1);
    const later = { exchange: exchanges.retries, routingKey: lane, retries };
    return settleBy(() => publishAgain(message, publisher, later), message, options);
  }
  return onExhausted ? settleBy(() => onExhausted(message), message, options) : 'reject';
}

/** Done once the work has succeeded, which is repeated until then. */
const settleBy = <Body>(
  work: () => Promise<void>,
  message: Message<Body>,
  options: Settling<Body>,
): Promise<Outcome> => {
  const handler = () => work().then((): Outcome => 'done');
  return persist(() => attempt(message, { ...options, handler }), {
    stop: options.stop,
    timeout: Number.POSITIVE_INFINITY,
  });
};

const publishAgain = (
  { body, trace, messageId }: Message<unknown>,
  publisher: Publisher,
  { retries, ...to }: { exchange: string; routingKey: string; retries: number },
) =>
  publisher.publish({
    ...to,
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
