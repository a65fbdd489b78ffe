import type { Channel, ChannelModel } from 'amqplib';
import { endsWithin } from './bounded.js';
import type { Logger } from './logger.js';

/** Milliseconds before another attempt where the broker refused the channel or what was asked on it. */
const openAgainAfter = 1_000;
/** Milliseconds that the broker is given to answer the end of a channel. */
const closeWithin = 2_000;

/** Ends a channel, whatever state it is in. Bounded in time. */
export async function closeChannel(channel: Channel): Promise<void> {
  const closed = (async () => channel.close())().catch(() => undefined);
  await endsWithin(closed, closeWithin);
}

export interface KeptUse<Use, Opened extends Channel> {
  open(model: ChannelModel): Promise<Opened>;
  /** Makes the channel fit for its use, on each new one. */
  start(channel: Opened): Use | Promise<Use>;
  /** Logged with what is refused. */
  about?: object;
}

interface KeptChannelOptions {
  logger: Logger;
  /** The connection as it stands now. */
  model(): ChannelModel | undefined;
  /** Called whenever `current` is there again. */
  onOpen(): void;
}

/**
 * One channel for one use. It is opened on each new connection, and again at once when it ends alone: an
 * AMQP channel ends with the first thing on it that the broker refuses.
 */
export class KeptChannel<Use, Opened extends Channel = Channel> {
  readonly #use: KeptUse<Use, Opened>;
  readonly #options: KeptChannelOptions;
  #current: { channel: Opened; use: Use } | undefined;
  #opening: { model: ChannelModel; done: Promise<void> } | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** What was said of the last attempt. */
  #refusal: string | undefined;
  #stopped = false;
  #closed = false;

  constructor(use: KeptUse<Use, Opened>, options: KeptChannelOptions) {
    this.#use = use;
    this.#options = options;
  }

  /** What `start` made of the channel that is open now. */
  get current(): Use | undefined {
    return this.#current?.use;
  }

  /** Opens the channel on this connection. Never rejects: what is refused is logged and tried again. */
  async openOn(model: ChannelModel): Promise<void> {
    if (!this.#isWanted(model) || this.#current || this.#opening?.model === model) return;
    clearTimeout(this.#timer);
    const opening = { model, done: this.#tryOn(model) };
    this.#opening = opening;
    await opening.done;
    if (this.#opening === opening) this.#opening = undefined;
  }

  /** Leaves the channel to those who still wait for answers on it, and opens another. */
  replace(): void {
    this.#current = undefined;
    this.#openAgain();
  }

  /** No channel is opened from here on; what is open stays open. Resolves when none is being opened. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    if (this.#opening) await endsWithin(this.#opening.done, closeWithin);
  }

  /** Bounded in time. */
  async close(): Promise<void> {
    await this.stop();
    this.#closed = true;
    const channel = this.#current?.channel;
    this.#current = undefined;
    if (channel) await closeChannel(channel);
  }

  #isWanted(model: ChannelModel): boolean {
    return !this.#stopped && model === this.#options.model();
  }

  async #tryOn(model: ChannelModel): Promise<void> {
    try {
      await this.#start(await this.#use.open(model));
    } catch (err) {
      if (!this.#isWanted(model)) return;
      this.#sayRefused(err as Error);
      this.#timer = setTimeout(() => void this.openOn(model), openAgainAfter);
    }
  }

  /** Once for as long as the reason is the same. */
  #sayRefused(err: Error): void {
    if (this.#refusal === err.message) return;
    this.#refusal = err.message;
    this.#options.logger.warn({ err, ...this.#use.about }, 'RabbitMQ refused a channel');
  }

  async #start(channel: Opened): Promise<void> {
    let ended = false;
    channel.on('error', (err) => {
      // While it is opened, the request that was refused tells.
      if (this.#current?.channel !== channel) return;
      this.#options.logger.warn({ err, ...this.#use.about }, 'RabbitMQ closed a channel');
    });
    channel.on('close', () => {
      ended = true;
      if (this.#current?.channel === channel) this.replace();
    });
    const use = await this.#use.start(channel);
    if (ended) throw new Error('the channel ended at once');
    if (this.#closed) return closeChannel(channel);
    this.#current = { channel, use };
    this.#refusal = undefined;
    this.#options.onOpen();
  }

  #openAgain(): void {
    // The end of a connection ends its channels first: by the next turn it is known to be gone.
    setImmediate(() => {
      const model = this.#options.model();
      if (model) void this.openOn(model);
    });
  }
}
