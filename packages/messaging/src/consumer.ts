import { type AsyncMessage, ConsumerStatus } from 'rabbitmq-client';
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { BrokerConnection } from './connection.js';
import { endSubscription } from './end-subscription.js';
import { createLease } from './lease.js';
import type { Logger } from './logger.js';
import { type Message, messageOf, type Outcome } from './message.js';
import { createSettlement } from './settlement.js';

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

const statuses: Record<Outcome, ConsumerStatus> = {
  done: ConsumerStatus.ACK,
  reject: ConsumerStatus.DROP,
  retry: ConsumerStatus.REQUEUE,
};

/**
 * Consumes a queue of the topology until close(), over reconnects. At least once: a message whose
 * acknowledgement was lost comes again. After a reconnect nothing is taken until the handlers that were
 * cut off have ended: a long one should heed `message.signal`.
 */
export function consume<Schema extends TSchema>(
  connection: BrokerConnection,
  options: ConsumeOptions<Schema>,
): Consumer {
  const { queue, concurrency, logger = connection.logger } = options;
  const lease = createLease(connection);
  const check = createCheck(options.schema, { queue, logger });
  const settlement = createSettlement(connection, {
    ...options,
    logger,
    isClosing: () => lease.closing,
  });

  const onDelivery = async (delivery: AsyncMessage): Promise<ConsumerStatus> => {
    const { signal, stop } = lease.signals();
    const message = messageOf(delivery, signal);
    return check(message) ? statuses[await settlement.settle(message, stop)] : ConsumerStatus.DROP;
  };
  const subscription = connection.client.createConsumer(
    { ...subscriptionTo(queue), concurrency, qos: { prefetchCount: concurrency } },
    onDelivery,
  );
  subscription.on('error', (err: unknown) => {
    logger.warn({ err, queue }, 'the consumer was interrupted');
    lease.onError(err);
  });
  // The queue may be declared only now.
  connection.onceReady(() => lease.closing || subscription.start());
  return {
    async close() {
      await endSubscription(subscription, { ...options, logger, lease });
      await settlement.close();
    },
  };
}

const subscriptionTo = (queue: string) => ({
  queue,
  queueOptions: { passive: true },
  lazy: true,
});

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
