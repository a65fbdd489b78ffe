import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { endsWithin } from './bounded.js';
import type { BrokerConnection } from './connection.js';

/** Milliseconds that close() waits for the broker's answer. */
const closeWithin = 2_000;

export interface WatchOptions<Schema extends TSchema> {
  exchange: string;
  /** Topic pattern; `#` is everything. */
  bindingKey: string;
  /** A message that breaks it is dropped. */
  schema: Schema;
  onMessage(body: Static<Schema>, routingKey: string): void;
}

/**
 * Listens to an exchange by a queue of this process alone, which ends with the connection. What is
 * published while the connection is down is missed: `onMessage` is a hint to look, never the truth.
 */
export function watch<Schema extends TSchema>(
  connection: BrokerConnection,
  { exchange, bindingKey, schema, onMessage }: WatchOptions<Schema>,
): { close(): Promise<void> } {
  const { logger } = connection;
  const validator = Compile(schema);
  const subscription = connection.client.createConsumer(
    {
      noAck: true,
      lazy: true,
      queueOptions: { exclusive: true, autoDelete: true, durable: false },
      queueBindings: [{ exchange, routingKey: bindingKey }],
    },
    ({ body, routingKey }) => {
      if (validator.Check(body)) onMessage(body as Static<Schema>, routingKey);
      else logger.warn({ exchange, routingKey }, 'a message breaks its schema');
    },
  );
  subscription.on('error', (err: unknown) => {
    logger.warn({ err, exchange }, 'watching was interrupted');
  });
  let closing = false;
  // The exchange may be declared only now.
  connection.onceReady(() => closing || subscription.start());
  return {
    async close() {
      closing = true;
      const closed = subscription.close().catch(() => undefined);
      await endsWithin(closed, closeWithin);
    },
  };
}
