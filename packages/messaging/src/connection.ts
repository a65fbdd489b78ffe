import { EventEmitter, once } from 'node:events';
import { Connection as Client } from 'rabbitmq-client';
import { endsWithin } from './bounded.js';
import { Lifeline, type Step } from './lifeline.js';
import type { Logger } from './logger.js';

/** Milliseconds between two attempts to connect: the first, and the most it grows to. */
const retryLow = 200;
const retryHigh = 5_000;
/** Seconds between signs of life: a broker that is silent for twice as long is gone. */
const heartbeat = 20;
/** Milliseconds that close() gives open channels before it cuts the socket. */
const closeBound = 5_000;

/** The broker is not there, or has stopped taking messages. */
export class BrokerUnavailableError extends Error {
  override name = 'BrokerUnavailableError';
}

/** One connection of a process. It connects again by itself for as long as it is not closed. */
export class BrokerConnection {
  readonly logger: Logger;
  /** The underlying client, for the modules of this package. */
  readonly client: Client;
  readonly #events = new EventEmitter().setMaxListeners(0);
  readonly #lifeline: Lifeline;

  constructor(url: string, { logger, name }: { logger: Logger; name: string }) {
    this.logger = logger;
    this.client = new Client({ url, connectionName: name, heartbeat, retryLow, retryHigh });
    this.client.on('error', (err: unknown) =>
      logger.warn({ err }, 'error on the connection to RabbitMQ'),
    );
    this.client.on('connection.blocked', (reason) =>
      logger.warn({ reason }, 'RabbitMQ takes no messages for now'),
    );
    this.#lifeline = new Lifeline(this.client, { logger, events: this.#events });
  }

  /** Connected, not blocked by the broker, and everything given to `prepare` is done. For /readyz. */
  get ready(): boolean {
    return this.#lifeline.prepared && this.client.ready;
  }

  /** Runs the step once connected, and again after each reconnect, before `ready` is true. */
  prepare(step: Step): void {
    this.#lifeline.prepare(step);
  }

  /** Resolves once ready; after that many milliseconds rejects with BrokerUnavailableError. */
  async waitUntilReady(milliseconds: number): Promise<void> {
    const signal = this.ready ? undefined : AbortSignal.timeout(milliseconds);
    while (signal && !this.ready) {
      await once(this.#events, 'ready', { signal }).catch((cause: unknown) => {
        throw new BrokerUnavailableError('RabbitMQ is not reachable', { cause });
      });
    }
  }

  /** Calls the listener once ready: now, if it is. */
  onceReady(listener: () => void): void {
    if (this.ready) listener();
    else this.#events.once('ready', listener);
  }

  /** Calls the listener whenever the established connection is lost. Returns the way to stop that. */
  onLost(listener: () => void): () => void {
    this.#events.on('lost', listener);
    return () => void this.#events.off('lost', listener);
  }

  /** Close consumers and publishers first. Bounded in time: what is still open then is cut. */
  async close(): Promise<void> {
    const closed = this.#lifeline.close().then(() => this.client.close());
    if (await endsWithin(closed, closeBound)) return;
    this.logger.warn({}, 'channels were still open when the connection to RabbitMQ was closed');
    this.client.unsafeDestroy();
  }
}

/**
 * Starts to connect and returns at once, whether or not the broker is there: errors are logged, never
 * thrown. `name` is shown in the broker's management pages.
 */
export const connect = (url: string, options: { logger: Logger; name: string }): BrokerConnection =>
  new BrokerConnection(url, options);
