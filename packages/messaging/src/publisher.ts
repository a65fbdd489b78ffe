import { randomUUID } from 'node:crypto';
import type { Publisher as ClientPublisher } from 'rabbitmq-client';
import { endsWithin } from './bounded.js';
import { type BrokerConnection, BrokerUnavailableError } from './connection.js';

/** Milliseconds that a message waits here for a broker that is away. */
const defaultReadyWithin = 10_000;
/** Milliseconds that close() waits for the broker's answer. */
const closeWithin = 2_000;

/** No queue takes messages of this exchange and routing key: nothing was kept. */
export class UnroutableError extends Error {
  override name = 'UnroutableError';
}

export interface OutgoingMessage {
  exchange: string;
  routingKey: string;
  /** Sent as JSON. */
  body: unknown;
  /** x-request-id, traceparent; an undefined one is left out. */
  headers?: Record<string, string | number | undefined>;
  /** Stays the same when a message is sent again, so that its receiver can tell. Default: a random one. */
  messageId?: string;
}

export interface Publisher {
  /**
   * Resolves when the broker has the message on disk, however late it says so: giving up a message that
   * is on its way would only make a second one of it. Rejects with UnroutableError when no queue takes
   * it, with BrokerUnavailableError when the broker is away (nothing was sent), refuses the message, or
   * is lost before its answer (the message may have arrived).
   */
  publish(message: OutgoingMessage): Promise<void>;
  /** For what is worth nothing later: not kept, not confirmed, dropped when the broker is away. */
  announce(message: OutgoingMessage): void;
  close(): Promise<void>;
}

export function createPublisher(
  connection: BrokerConnection,
  { readyWithin = defaultReadyWithin }: { readyWithin?: number } = {},
): Publisher {
  const confirmed = connection.client.createPublisher({ confirm: true });
  const transient = connection.client.createPublisher();
  return {
    publish: publishWith(confirmed, { connection, readyWithin }),
    announce(message) {
      if (!connection.ready) return;
      const envelope = { ...envelopeOf(message), messageId: message.messageId ?? randomUUID() };
      transient.send(envelope, jsonOf(message.body)).catch((err: unknown) => {
        connection.logger.warn({ err, exchange: message.exchange }, 'an announcement was dropped');
      });
    },
    async close() {
      await endsWithin(Promise.allSettled([confirmed.close(), transient.close()]), closeWithin);
    },
  };
}

function publishWith(
  confirmed: ClientPublisher,
  { connection, readyWithin }: { connection: BrokerConnection; readyWithin: number },
): Publisher['publish'] {
  const isReturned = trackReturns(confirmed);
  return async (message) => {
    await connection.waitUntilReady(readyWithin);
    const messageId = message.messageId ?? randomUUID();
    const kept = { durable: true, mandatory: true, messageId };
    const sent = confirmed.send({ ...envelopeOf(message), ...kept }, jsonOf(message.body));
    await sent.catch((cause: unknown) => {
      throw new BrokerUnavailableError('RabbitMQ did not confirm a message', { cause });
    });
    if (await isReturned(messageId)) {
      throw new UnroutableError(`no queue for ${message.exchange} ${message.routingKey}`);
    }
  };
}

const jsonOf = (body: unknown) => Buffer.from(JSON.stringify(body));

const envelopeOf = ({ exchange, routingKey, headers = {} }: OutgoingMessage) => ({
  exchange,
  routingKey,
  contentType: 'application/json',
  headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)),
});

/**
 * The broker returns an unroutable message and then confirms it all the same. The client hands out the
 * return on the next turn of the event loop, after the confirm: hence the wait for that turn.
 */
function trackReturns(publisher: ClientPublisher): (messageId: string) => Promise<boolean> {
  const returned = new Set<string>();
  publisher.on('basic.return', ({ messageId }) => {
    if (messageId !== undefined) returned.add(messageId);
  });
  return async (messageId) => {
    await new Promise((resolve) => setImmediate(resolve));
    return returned.delete(messageId);
  };
}
