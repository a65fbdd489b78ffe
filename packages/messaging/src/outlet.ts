import { type ConfirmChannel, IllegalOperationError, type Options } from 'amqplib';
import { endsWithin } from './bounded.js';
import { BrokerUnavailableError } from './errors.js';
import { closeChannel } from './kept-channel.js';

/** Milliseconds that the end of a channel waits for answers. */
const answersWithin = 2_000;

/** No queue takes messages of this exchange and routing key: nothing was kept. */
export class UnroutableError extends Error {
  override name = 'UnroutableError';
}

export interface Envelope {
  exchange: string;
  routingKey: string;
  content: Buffer;
  properties: Options.Publish;
}

/** One confirm channel: what was sent on it, and what the broker said of that. */
export interface Outlet {
  /** Kept, mandatory and confirmed. Errors as in Publisher.publish. */
  send(envelope: Envelope): Promise<void>;
  /** Resolves when everything sent is answered, or after 2 s. */
  settled(): Promise<void>;
}

/** `onRefused` is called once: from then on the channel only waits for its answers, and is closed then. */
export function createOutlet(channel: ConfirmChannel, onRefused: () => void): Outlet {
  const returned = trackReturns(channel);
  const unanswered = countdown();
  let sent = 0;
  channel.once('nack', () => {
    onRefused();
    void unanswered.none().then(() => closeChannel(channel));
  });
  return {
    send: ({ exchange, routingKey, content, properties }) =>
      new Promise((resolve, reject) => {
        sent += 1;
        // Nobody reads it but the return of this message.
        const correlationId = String(sent);
        const kept = { ...properties, correlationId, persistent: true, mandatory: true };
        const onAnswer = (cause: unknown) => {
          unanswered.add(-1);
          if (cause) reject(unconfirmed(cause));
          else if (!returned.delete(correlationId)) resolve();
          else reject(new UnroutableError(`no queue for ${exchange} ${routingKey}`));
        };
        try {
          channel.publish(exchange, routingKey, content, kept, onAnswer);
          unanswered.add(1);
        } catch (cause) {
          reject(cause instanceof IllegalOperationError ? unconfirmed(cause) : cause);
        }
      }),
    settled: async () => void (await endsWithin(unanswered.none(), answersWithin)),
  };
}

const unconfirmed = (cause: unknown) =>
  new BrokerUnavailableError('RabbitMQ did not confirm a message', { cause });

/** The broker returns an unroutable message before it confirms it all the same. */
function trackReturns(channel: ConfirmChannel): Set<string> {
  const returned = new Set<string>();
  channel.on('return', ({ properties }) => void returned.add(String(properties.correlationId)));
  return returned;
}

/** A number that comes down to none, and those who wait for that. */
function countdown() {
  let count = 0;
  let waiting: (() => void)[] = [];
  return {
    add(change: 1 | -1): void {
      count += change;
      if (count > 0) return;
      for (const resolve of waiting) resolve();
      waiting = [];
    },
    none: (): Promise<void> =>
      count === 0 ? Promise.resolve() : new Promise((resolve) => void waiting.push(resolve)),
  };
}
