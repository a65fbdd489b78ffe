import { setMaxListeners } from 'node:events';
import { type Channel, type ConsumeMessage, IllegalOperationError } from 'amqplib';
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { endsWithin } from './bounded.js';
import type { BrokerConnection } from './connection.js';
import { closeChannel } from './kept-channel.js';
import type { Logger } from './logger.js';
import { type Message, messageOf, type Outcome } from './message.js';
import { createSettlement } from './settlement.js';
import { createTurns } from './turns.js';

export interface ConsumeOptions<Schema extends TSchema> {
  queue: string;
  /** Messages that are handled at the same time, and held: others get the rest. */
  concurrency: number;
  /** A message that breaks it goes to the dead-letter queue. */
  schema: Schema;
  /**
   * 'done' and 'reject' (to the dead-letter queue) settle the message. 'retry' and a thrown error bring
   * it back: through the queue's retry queue where it has one; else here after a pause, and from the end
   * of the queue after `holdFor`, for as long as it takes.
   */
  handler(message: Message<Static<Schema>>): Promise<Outcome>;
  /**
   * Called in the place of one more retry when a message has used up `retryLimit`; the message is done
   * when this ends without an error. Without it the message goes to the dead-letter queue.
   */
  onExhausted?(message: Message<Static<Schema>>): Promise<void>;
  /** Milliseconds that a message without a retry queue is tried again here at a time. Default: a minute. */
  holdFor?: number;
  /** Default: the connection's. */
  logger?: Logger;
  /** Milliseconds that close() waits for running handlers before it aborts their signal. Default: 20 s. */
  closeWithin?: number;
}

export interface Consumer {
  /** Stops taking messages, waits for the handlers that run, aborts them when they take too long. */
  close(): Promise<void>;
}

/** Milliseconds that handlers are given to end before they are aborted, and then to heed that. */
const defaultCloseWithin = 20_000;
const abortWithin = 3_000;
/** Milliseconds that the broker is given to answer that it sends no more. */
const cancelWithin = 2_000;

/**
 * Consumes a queue of the topology until close(), over reconnects. At least once: a message whose
 * acknowledgement was lost comes again. Handlers that a reconnect cut off still count: a long one should
 * heed `message.signal`, or it keeps its place.
 */
export function consume<Schema extends TSchema>(
  connection: BrokerConnection,
  options: ConsumeOptions<Schema>,
): Consumer {
  const { queue, concurrency, logger = connection.logger } = options;
  const check = createCheck(options.schema, { queue, logger });
  const closing = new AbortController();
  let cutOff = false;
  const settlement = createSettlement(connection, { ...options, logger, isCutOff: () => cutOff });
  const turns = createTurns(concurrency);

  async function handle(delivery: ConsumeMessage, { channel, lost, stop }: Lease): Promise<void> {
    if (lost.signal.aborted) return;
    // What arrives while this ends is for another consumer.
    if (closing.signal.aborted) return acknowledge(channel, delivery, 'retry');
    const message = messageOf(delivery, lost.signal);
    const outcome = check(message) ? await settlement.settle(message, stop) : 'reject';
    acknowledge(channel, delivery, outcome);
  }

  const subscription = connection.keep({
    open: (model) => model.createChannel(),
    about: { queue },
    async start(channel: Channel) {
      const lease = createLease(channel, closing.signal);
      await channel.prefetch(concurrency);
      const { consumerTag } = await channel.consume(queue, (delivery) => {
        if (delivery) turns.take(() => handle(delivery, lease));
        // The broker gave the queue up: the next channel finds it again, or waits for it.
        else void closeChannel(channel);
      });
      return { ...lease, consumerTag };
    },
  });

  return {
    async close() {
      closing.abort();
      await subscription.stop();
      const open = subscription.current;
      if (open) await cancel(open.channel, open.consumerTag);
      if (!(await endsWithin(turns.ended(), options.closeWithin ?? defaultCloseWithin))) {
        logger.warn({ queue }, 'handlers that still run are aborted');
        cutOff = true;
        open?.lost.abort();
        await endsWithin(turns.ended(), abortWithin);
      }
      await subscription.close();
      await settlement.close();
    },
  };
}

/** The unacknowledged deliveries of one channel: they are lost together, with it. */
interface Lease {
  channel: Channel;
  /** Ends the handlers. */
  lost: AbortController;
  /** Ends their pauses, at close too. */
  stop: AbortSignal;
}

function createLease(channel: Channel, closing: AbortSignal): Lease {
  const lost = new AbortController();
  const stop = AbortSignal.any([lost.signal, closing]);
  // Every handler listens.
  setMaxListeners(0, lost.signal, stop);
  channel.on('close', () => lost.abort());
  return { channel, lost, stop };
}

/** Bounded in time: a broker that takes no messages does not answer. */
async function cancel(channel: Channel, consumerTag: string): Promise<void> {
  const cancelled = (async () => channel.cancel(consumerTag))().catch(() => undefined);
  await endsWithin(cancelled, cancelWithin);
}

/** On the channel that brought it. Where that has ended, the broker gives the message to another consumer. */
function acknowledge(channel: Channel, delivery: ConsumeMessage, outcome: Outcome): void {
  try {
    if (outcome === 'done') channel.ack(delivery);
    else channel.nack(delivery, false, outcome === 'retry');
  } catch (err) {
    if (!(err instanceof IllegalOperationError)) throw err;
  }
}

/** Says whether a message's body has the form that it must have, and logs where it has not. */
function createCheck<Schema extends TSchema>(
  schema: Schema,
  { queue, logger }: { queue: string; logger: Logger },
) {
  const validator = Compile(schema);
  return (message: Message<unknown>): message is Message<Static<Schema>> => {
    if (validator.Check(message.body)) return true;
    const errors = validator
      .Errors(message.body)
      .slice(0, 3)
      .map((error) => `${error.instancePath} ${error.message}`);
    logger.error({ queue, messageId: message.messageId, errors }, 'a message breaks its schema');
    return false;
  };
}
