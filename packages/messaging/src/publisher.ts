import { randomUUID } from 'node:crypto';
import type { Channel, ConfirmChannel } from 'amqplib';
import type { BrokerConnection } from './connection.js';
import type { KeptChannel } from './kept-channel.js';
import { createOutlet, type Envelope, type Outlet } from './outlet.js';

/** Milliseconds that a message waits here for a broker that is away. */
const defaultReadyWithin = 10_000;

export { UnroutableError } from './outlet.js';

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
  /** For what is worth nothing later: not kept, not confirmed, dropped when the broker cannot take it now. */
  announce(message: OutgoingMessage): void;
  close(): Promise<void>;
}

export function createPublisher(
  connection: BrokerConnection,
  { readyWithin = defaultReadyWithin }: { readyWithin?: number } = {},
): Publisher {
  const confirmed: KeptChannel<Outlet, ConfirmChannel> = connection.keep({
    open: (model) => model.createConfirmChannel(),
    // Opened during the election of a queue's leader it is refused everything for as long as it lives.
    start: (channel) => createOutlet(channel, () => confirmed.replace()),
  });
  const transient = connection.keep({
    open: (model) => model.createChannel(),
    start: createFunnel,
  });
  const outlet = () => (connection.ready ? confirmed.current : undefined);
  return {
    async publish(message) {
      const open = outlet() ?? (await connection.waitFor(outlet, readyWithin));
      await open.send(envelopeOf(message));
    },
    announce(message) {
      if (connection.ready) transient.current?.(envelopeOf(message));
    },
    async close() {
      await confirmed.stop();
      await confirmed.current?.settled();
      await Promise.all([confirmed.close(), transient.close()]);
    },
  };
}

/** Sends without a confirm, and drops what comes while the broker does not take what was sent before. */
function createFunnel(channel: Channel): (envelope: Envelope) => void {
  let full = false;
  channel.on('drain', () => {
    full = false;
  });
  return ({ exchange, routingKey, content, properties }) => {
    if (!full) full = !channel.publish(exchange, routingKey, content, properties);
  };
}

const envelopeOf = (message: OutgoingMessage): Envelope => {
  const { exchange, routingKey, body, headers = {}, messageId = randomUUID() } = message;
  const known = Object.entries(headers).filter(([, value]) => value !== undefined);
  const properties = {
    contentType: 'application/json',
    headers: Object.fromEntries(known),
    messageId,
  };
  return { exchange, routingKey, content: Buffer.from(JSON.stringify(body)), properties };
};
