import { setTimeout as pause } from 'node:timers/promises';
import { limits } from '@comprimemelo/contracts/limits';
import { activeStatuses } from '@comprimemelo/contracts/states';
import type { StreamMark, TaskState } from '@comprimemelo/contracts/task';
import type { Database } from '@comprimemelo/prisma/client/client';
import { changedTaskStates, getTaskStates } from '@comprimemelo/prisma/lists/task-state';
import { eventText } from '@comprimemelo/service/http/event-stream';
import type { FoundEvents } from './event-loop.js';
import { deletedEvent, stateEvent, stateId } from './task-events.js';

/** Milliseconds during which changes are collected for one query. */
const gathered = 100;
/**
 * Milliseconds by which time-based queries overlap: a transaction may commit 25 s after its timestamp, and the clocks
 * of two instances may differ by as much.
 */
const overlap = 60_000;
const most = limits.streamedChanges;

export interface AllTasksWatchOptions {
  ownerId: string;
  /** Position of the reader as a Unix timestamp in milliseconds; undefined for a new reader. */
  from: number | undefined;
  /** Milliseconds for which change notifications alone are trusted. */
  trust(): number;
}

/**
 * Watches all tasks of an owner for one stream. Queries by id the tasks whose changes were announced, and by time, at
 * the start and periodically, those whose announcements were missed. Every change before its position has been sent,
 * so a reader can resume from there at any instance.
 */
export class AllTasksWatch {
  readonly #pool: Database['pool'];
  readonly #options: AllTasksWatchOptions;
  /** Tasks that changed since the last query. Bounded, because a slow reader may lag far behind. */
  readonly #changed = new Set<string>();
  /** The last state sent of each task that a time-based query could find again. */
  #sent = new Map<string, string>();
  #position: number;
  #isFirst = true;

  constructor({ pool }: Pick<Database, 'pool'>, options: AllTasksWatchOptions) {
    this.#pool = pool;
    this.#options = options;
    // A position in the future would hide all changes until then.
    this.#position = Math.min(options.from ?? Date.now(), Date.now());
  }

  readonly noteChange = (taskId: string): void => {
    if (this.#changed.size <= most) this.#changed.add(taskId);
  };

  readonly poll = async (): Promise<FoundEvents> => {
    if (!this.#isFirst) await pause(gathered);
    if (this.#changed.size > most) return { events: [this.#startOver(Date.now())], ended: false };
    const isDue = this.#isFirst || Date.now() - this.#position >= this.#options.trust();
    const events = isDue || this.#sent.size > most ? await this.#pollByTime() : [];
    return { events: [...events, ...(await this.#lookByIds())], ended: false };
  };

  async #pollByTime(): Promise<string[]> {
    const now = Date.now();
    const states = await this.#changedSince(this.#position - overlap);
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    if (states.length > most) return [this.#startOver(now)];
    const news = this.#unsent(states).map((state) => stateEvent(state));
    this.#sent = new Map(states.map((state) => [state.id, stateId(state)]));
    this.#position = now;
    // They have no id, so a reader that loses the stream here gets all of them again.
    return isFirst ? [...news, this.#mark('ready')] : news;
  }

  async #lookByIds(): Promise<string[]> {
    const ids = [...this.#changed];
    this.#changed.clear();
    const states = await getTaskStates(this.#pool, this.#options.ownerId, ids);
    const found = new Set(states.map(({ id }) => id));
    const gone = ids.filter((id) => !found.has(id));
    for (const id of gone) this.#sent.delete(id);
    const position = String(this.#position);
    return [
      ...this.#unsent(states).map((state) => stateEvent(state, position)),
      ...gone.map((id) => deletedEvent({ id }, position)),
    ];
  }

  /** Tasks that changed since `time`; for a new reader also all unfinished ones. */
  async #changedSince(time: number): Promise<TaskState[]> {
    const { ownerId, from } = this.#options;
    const query = { ownerId, since: new Date(time), limit: most + 1 };
    const states = await changedTaskStates(this.#pool, query);
    if (!this.#isFirst || from !== undefined) return states;
    const active = { ...query, statuses: activeStatuses, since: new Date(0) };
    const all = [...states, ...(await changedTaskStates(this.#pool, active))];
    return [...new Map(all.map((state) => [state.id, state])).values()];
  }

  /** Filters out states that were already sent and records the others as sent. */
  #unsent(states: TaskState[]): TaskState[] {
    const news = states.filter((state) => this.#sent.get(state.id) !== stateId(state));
    for (const state of news) this.#sent.set(state.id, stateId(state));
    return news;
  }

  /** Too many tasks have changed to send them one by one. */
  #startOver(now: number): string {
    this.#changed.clear();
    this.#sent.clear();
    this.#position = now;
    return this.#mark('resync');
  }

  #mark(event: 'ready' | 'resync'): string {
    const data: StreamMark = { at: new Date(this.#position).toISOString() };
    return eventText({ id: String(this.#position), event, data });
  }
}
