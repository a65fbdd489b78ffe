import type { EventEmitter } from 'node:events';
import type { Channel, Connection as Client } from 'rabbitmq-client';
import type { Logger } from './logger.js';

/** Milliseconds before another attempt when a step was refused, as with a queue of another type. */
const prepareAgainAfter = 1_000;

export type Step = (channel: Channel) => Promise<void>;

/**
 * A channel that stays open as long as the connection does: it runs the steps that must be done before
 * anything else, and its end tells that the connection is gone. The client itself tells that only as
 * one of many errors. Emits `ready` and `lost` on `events`.
 */
export class Lifeline {
  readonly #client: Client;
  readonly #logger: Logger;
  readonly #events: EventEmitter;
  readonly #steps: Step[] = [];
  #channel: Channel | undefined;
  #timer: NodeJS.Timeout | undefined;
  #running = false;
  #closing = false;
  #prepared = false;

  constructor(client: Client, { logger, events }: { logger: Logger; events: EventEmitter }) {
    this.#client = client;
    this.#logger = logger;
    this.#events = events;
    client.on('connection', () => {
      logger.info({}, 'connected to RabbitMQ');
      void this.#run();
    });
    client.on('connection.unblocked', () => {
      if (this.#prepared) events.emit('ready');
      else void this.#run();
    });
  }

  /** True while the connection stands and all steps are done. */
  get prepared(): boolean {
    return this.#prepared;
  }

  /** Adds a step; where the others are done already, all are run again. */
  prepare(step: Step): void {
    this.#steps.push(step);
    if (!this.#prepared) return;
    this.#prepared = false;
    void this.#run();
  }

  async close(): Promise<void> {
    this.#closing = true;
    clearTimeout(this.#timer);
    await this.#channel?.close();
  }

  async #run(): Promise<void> {
    if (this.#running || this.#closing) return;
    this.#running = true;
    try {
      const channel = this.#channel ?? (await this.#open());
      for (const step of this.#steps) await step(channel);
      this.#prepared = channel.active;
      if (this.#prepared) this.#events.emit('ready');
    } catch (err) {
      if (this.#client.ready) this.#logger.error({ err }, 'RabbitMQ refused a declaration');
      this.#runLater();
    } finally {
      this.#running = false;
    }
  }

  async #open(): Promise<Channel> {
    const channel = await this.#client.acquire();
    this.#channel = channel;
    channel.once('close', () => this.#onClosed());
    return channel;
  }

  #onClosed(): void {
    this.#channel = undefined;
    if (this.#prepared) this.#events.emit('lost');
    this.#prepared = false;
    // Closed alone, by a refused step: no new connection will come to start this again.
    if (this.#client.ready) this.#runLater();
  }

  #runLater(): void {
    clearTimeout(this.#timer);
    if (!this.#closing) this.#timer = setTimeout(() => void this.#run(), prepareAgainAfter);
  }
}
