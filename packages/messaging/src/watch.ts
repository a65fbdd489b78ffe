import type { Channel, ConsumeMessage } from 'amqplib';
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { BrokerConnection } from './connection.js';
import { closeChannel } from './kept-channel.js';
import { bodyOf } from './message.js';

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
  const hear = (message: ConsumeMessage) => {
    const body = bodyOf(message);
    const { routingKey } = message.fields;
    try {
      if (validator.Check(body)) onMessage(body as Static<Schema>, routingKey);
      else logger.warn({ exchange, routingKey }, 'a message breaks its schema');
    } catch (err) {
      logger.error({ err, exchange, routingKey }, 'a message could not be handled');
    }
  };
  return connection.keep({
    about: { exchange },
    open: (model) => model.createChannel(),
    async start(channel: Channel) {
      const own = { exclusive: true, autoDelete: true, durable: false };
      const { queue } = await channel.assertQueue('', own);
      await channel.bindQueue(queue, exchange, bindingKey);
      await channel.consume(
        queue,
        (message) => {
          if (message) hear(message);
          else void closeChannel(channel);
        },
        { noAck: true },
      );
    },
  });
}
