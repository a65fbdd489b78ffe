import { isTerminal } from '@comprimemelo/contracts/states';
import type { Database } from '@comprimemelo/prisma/client/client';
import { getTaskState } from '@comprimemelo/prisma/lists/task-state';
import type { Found } from './event-loop.js';
import { deletedEvent, stateEvent, stateId } from './task-events.js';

/** Milliseconds after which the same state is told again where the worker shows life about once a second. */
const fresh = 700;

export interface TaskLookOptions {
  ownerId: string;
  taskId: string;
  /** The id of the state that the reader has. */
  seen: string | undefined;
}

/**
 * Looks at one task, for one stream, and ends with it: tells its state where that is another one, and while
 * the worker shows life. The row is read after what was told before, so that no state is older than the last.
 */
export class TaskLook {
  readonly #pool: Database['pool'];
  readonly #options: TaskLookOptions;
  #told: string | undefined;
  #toldAt = Date.now();
  #heard = false;

  constructor({ pool }: Pick<Database, 'pool'>, options: TaskLookOptions) {
    this.#pool = pool;
    this.#options = options;
    this.#told = options.seen;
  }

  readonly hear = (): void => {
    this.#heard = true;
  };

  readonly look = async (): Promise<Found> => {
    const { ownerId, taskId } = this.#options;
    const isAlive = this.#heard && Date.now() - this.#toldAt >= fresh;
    this.#heard = false;
    const state = await getTaskState(this.#pool, ownerId, taskId);
    if (state === undefined) return { events: [deletedEvent({ id: taskId })], ended: true };
    const id = stateId(state);
    const ended = isTerminal(state.status);
    if (id === this.#told && !isAlive) return { events: [], ended };
    this.#told = id;
    this.#toldAt = Date.now();
    return { events: [stateEvent(state, id)], ended };
  };
}
