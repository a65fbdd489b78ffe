import { isTerminal } from '@comprimemelo/contracts/states';
import type { Database } from '@comprimemelo/prisma/client/client';
import { getTaskState } from '@comprimemelo/prisma/lists/task-state';
import type { FoundEvents } from './event-loop.js';
import { deletedEvent, stateEvent, stateId } from './task-events.js';

/** Milliseconds after which an unchanged state is sent again while the worker reports about once a second. */
const fresh = 700;

export interface OneTaskWatchOptions {
  ownerId: string;
  taskId: string;
  /** The id of the last state that the reader received. */
  seen: string | undefined;
}

/**
 * Watches one task for one stream until the task finishes. Sends its state when it changes and while the worker is
 * active. The row is read after the previous state was sent, so that states never go back in time.
 */
export class OneTaskWatch {
  readonly #pool: Database['pool'];
  readonly #options: OneTaskWatchOptions;
  #sent: string | undefined;
  #sentAt = Date.now();
  #hasNews = false;

  constructor({ pool }: Pick<Database, 'pool'>, options: OneTaskWatchOptions) {
    this.#pool = pool;
    this.#options = options;
    this.#sent = options.seen;
  }

  readonly noteChange = (): void => {
    this.#hasNews = true;
  };

  readonly poll = async (): Promise<FoundEvents> => {
    const { ownerId, taskId } = this.#options;
    const isAlive = this.#hasNews && Date.now() - this.#sentAt >= fresh;
    this.#hasNews = false;
    const state = await getTaskState(this.#pool, ownerId, taskId);
    if (state === undefined) return { events: [deletedEvent({ id: taskId })], ended: true };
    const id = stateId(state);
    const ended = isTerminal(state.status);
    if (id === this.#sent && !isAlive) return { events: [], ended };
    this.#sent = id;
    this.#sentAt = Date.now();
    return { events: [stateEvent(state, id)], ended };
  };
}
