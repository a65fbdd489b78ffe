import { setTimeout as pause } from 'node:timers/promises';
import type { Channel, ChannelModel } from 'amqplib';
import { closeChannel, type KeptChannel } from './kept-channel.js';
import type { Logger } from './logger.js';

/** Milliseconds before another attempt when a step was refused, as with a queue of another type. */
const prepareAgainAfter = 1_000;

export type Step = (channel: Channel) => Promise<unknown>;

interface PreparationOptions {
  logger: Logger;
  closing: AbortSignal;
  /** Called when everything is done. */
  onChange(): void;
  /** Called when what was done is gone with its connection. */
  onLost(): void;
}

/** What is done on each new connection before it is used: declarations first, then the kept channels. */
export class Preparation {
  readonly #options: PreparationOptions;
  readonly #steps: Step[] = [];
  readonly #channels: Pick<KeptChannel<unknown>, 'openOn'>[] = [];
  #model: ChannelModel | undefined;
  #declared = false;
  #done = false;

  constructor(options: PreparationOptions) {
    this.#options = options;
  }

  /** The connection that stands, prepared or not. */
  get model(): ChannelModel | undefined {
    return this.#model;
  }

  get done(): boolean {
    return this.#done;
  }

  addStep(step: Step): void {
    this.#steps.push(step);
    if (!this.#model || !this.#done) return;
    this.#done = false;
    this.#run(this.#model, this.#steps.length - 1).catch(() => undefined);
  }

  addChannel(channel: Pick<KeptChannel<unknown>, 'openOn'>): void {
    this.#channels.push(channel);
    if (this.#model && this.#declared) void channel.openOn(this.#model);
  }

  /** Rejects only when the connection is lost or closed: the client then makes another. */
  async begin(model: ChannelModel): Promise<void> {
    // The client listens only after this; an error that nobody hears would end the process.
    model.on('error', () => undefined);
    model.once('close', () => this.#onClosed());
    this.#model = model;
    await this.#run(model, 0);
  }

  async #run(model: ChannelModel, first: number): Promise<void> {
    for (let next = first; next < this.#steps.length; next += 1) {
      const step = this.#steps[next];
      while (step && !(await this.#isDone(step, model))) {
        await pause(prepareAgainAfter, undefined, { signal: this.#options.closing });
      }
    }
    const steps = this.#steps.length;
    this.#declared = true;
    await Promise.all(this.#channels.map((channel) => channel.openOn(model)));
    if (steps < this.#steps.length) return this.#run(model, steps);
    if (this.#model !== model) throw new Error('the connection was lost while it was prepared');
    this.#done = true;
    this.#options.onChange();
  }

  async #isDone(step: Step, model: ChannelModel): Promise<boolean> {
    try {
      await onChannel(model, step);
      return true;
    } catch (err) {
      if (this.#model !== model) throw err;
      this.#options.logger.error({ err }, 'RabbitMQ refused a declaration');
      return false;
    }
  }

  #onClosed(): void {
    const wasDone = this.#done;
    this.#model = undefined;
    this.#declared = false;
    this.#done = false;
    if (wasDone && !this.#options.closing.aborted) this.#options.onLost();
  }
}

/** Works on a channel that ends with the work. */
export async function onChannel<Result>(
  model: ChannelModel,
  work: (channel: Channel) => Promise<Result>,
): Promise<Result> {
  const channel = await model.createChannel();
  // The request that the broker refused tells.
  channel.on('error', () => undefined);
  try {
    return await work(channel);
  } finally {
    await closeChannel(channel);
  }
}
