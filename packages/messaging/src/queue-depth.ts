import type { BrokerConnection } from './connection.js';

/**
 * How many messages wait in the queue, without those that a consumer holds. Rejects where there is no such
 * queue, and with BrokerUnavailableError when the broker is away.
 */
export async function queueDepth(connection: BrokerConnection, queue: string): Promise<number> {
  const { messageCount } = await connection.withChannel((channel) => channel.checkQueue(queue));
  return messageCount;
}
