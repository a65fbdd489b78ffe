import { EventEmitter } from 'node:events';
import type { Channel, RecoveringChannelModel } from 'amqplib';
import { endsWithin } from './bounded.js';
import { BrokerUnavailableError } from './errors.js';
import { KeptChannel, type KeptUse } from './kept-channel.js';
import type { Logger } from './logger.js';
import { onChannel, Preparation, type Step } from './preparation.js';
import { cut, openRecovering } from './recovery.js';
import { Waiters } from './waiters.js';

export { BrokerUnavailableError };

/** Milliseconds that requests on a channel of their own may take. */
const answerWithin = 20_000;
/** Milliseconds that close() gives the broker to answer before it cuts the socket. */
const closeWithin = 5_000;

/** One connection of a process. It connects again by itself for as long as it is not closed. */
export class BrokerConnection {
  readonly logger: Logger;
  readonly #waiters = new Waiters();
  readonly #events = new EventEmitter().setMaxListeners(0);
  readonly #closing = new AbortController();
  readonly #preparation: Preparation;
  readonly #recovering: Promise<RecoveringChannelModel>;
  #blocked = false;

  constructor(url: string, { logger, name }: { logger: Logger; name: string }) {
    this.logger = logger;
    const closing = this.#closing.signal;
    this.#preparation = new Preparation({
      logger,
      closing,
      onChange: () => this.#waiters.changed(),
      onLost: () => this.#events.emit('lost'),
    });
    this.#recovering = openRecovering(url, {
      logger,
      name,
      closing,
      setup: (model) => {
        this.#blocked = false;
        return this.#preparation.begin(model);
      },
      onBlocked: (blocked) => {
        this.#blocked = blocked;
        this.#waiters.changed();
      },
    });
  }

  /** Connected, not blocked by the broker, and everything given to `prepare` is done. For /readyz. */
  get ready(): boolean {
    return this.#preparation.done && !this.#blocked;
  }

  /** Runs the step once connected, and again after each reconnect, before `ready` is true. */
  prepare(step: Step): void {
    this.#preparation.addStep(step);
  }

  /** Resolves once ready; after that many milliseconds rejects with BrokerUnavailableError. */
  async waitUntilReady(milliseconds: number): Promise<void> {
    await this.waitFor(() => this.ready || undefined, milliseconds);
  }

  /** Calls the listener whenever the established connection is lost. Returns the way to stop that. */
  onLost(listener: () => void): () => void {
    this.#events.on('lost', listener);
    return () => void this.#events.off('lost', listener);
  }

  /** Close consumers and publishers first. Bounded in time: what is still open then is cut. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#waiters.end(new BrokerUnavailableError('the connection to RabbitMQ is closed'));
    const { model } = this.#preparation;
    const recovering = await this.#recovering;
    if (!(await endsWithin(recovering.close(), closeWithin))) {
      this.logger.warn({}, 'RabbitMQ did not answer the end of the connection');
    }
    // Also one that is blocked: what it has not taken yet would keep the process alive.
    if (model) cut(model);
  }

  /** For the modules of this package: what is there at last. Rejects as waitUntilReady does. */
  async waitFor<Found>(look: () => Found | undefined, milliseconds: number): Promise<Found> {
    const found = look();
    if (found !== undefined) return found;
    const late = new BrokerUnavailableError('RabbitMQ is not reachable');
    return this.#waiters.wait(look, milliseconds, late);
  }

  /** For the modules of this package: a channel that is there again after each reconnect. */
  keep<Use, Opened extends Channel>(use: KeptUse<Use, Opened>): KeptChannel<Use, Opened> {
    const kept = new KeptChannel(use, {
      logger: this.logger,
      model: () => this.#preparation.model,
      onOpen: () => this.#waiters.changed(),
    });
    this.#preparation.addChannel(kept);
    return kept;
  }

  /**
   * For the modules of this package: requests on a channel that ends with them. Rejects with
   * BrokerUnavailableError when the broker is away, or does not answer in 20 s.
   */
  async withChannel<Result>(work: (channel: Channel) => Promise<Result>): Promise<Result> {
    const { model } = this.#preparation;
    if (!model) throw new BrokerUnavailableError('RabbitMQ is not reachable');
    const answer = onChannel(model, work);
    if (await endsWithin(answer, answerWithin)) return answer;
    throw new BrokerUnavailableError('RabbitMQ does not answer');
  }
}

/**
 * Starts to connect and returns at once, whether or not the broker is there: errors are logged, never
 * thrown. `name` is shown in the broker's management pages.
 */
export const connect = (url: string, options: { logger: Logger; name: string }): BrokerConnection =>
  new BrokerConnection(url, options);
