import { EventEmitter } from 'node:events';
import {
  type TaskChanged,
  TaskChanged as TaskChangedSchema,
} from '@comprimemelo/contracts/messages';
import { exchanges } from '@comprimemelo/contracts/queues';
import type { BrokerConnection } from '@comprimemelo/messaging/connection';
import { watch } from '@comprimemelo/messaging/watch';

const trusted = { connected: 15_000, deaf: 2_000 };

export interface TaskChanges {
  /** Resolves at the next change of the task, or after at most `milliseconds`. The caller then queries again. */
  next(taskId: string, milliseconds: number): Promise<void>;
  /**
   * Calls the listener at each change of a task, where `id` is the id of the task or of its owner; without an argument
   * when waiting should stop. Returns a function that removes the listener.
   */
  listen(id: string, listener: (taskId?: string) => void): () => void;
  /** Milliseconds for which silence currently means "no change": less while notifications cannot arrive. */
  readonly trust: number;
  /** True once waiting should stop because the process is shutting down. */
  readonly stopped: boolean;
  /** Releases every waiter immediately. */
  stop(): void;
  close(): Promise<void>;
}

/** Receives the task changes made by any instance of this service. */
export function watchTaskChanges(broker: BrokerConnection): TaskChanges {
  const events = new EventEmitter().setMaxListeners(0);
  const subscription = watch(broker, {
    exchange: exchanges.taskChanges,
    bindingKey: '#',
    schema: TaskChangedSchema,
    onMessage({ taskId, ownerId }: TaskChanged) {
      events.emit(taskId, taskId);
      events.emit(ownerId, taskId);
    },
  });
  const trust = () => (broker.ready ? trusted.connected : trusted.deaf);
  let stopped = false;
  return {
    get stopped() {
      return stopped;
    },
    stop() {
      stopped = true;
      for (const id of events.eventNames()) events.emit(id);
    },
    get trust() {
      return trust();
    },
    listen(id, listener) {
      events.on(id, listener);
      return () => void events.off(id, listener);
    },
    next: (taskId, milliseconds) =>
      new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          events.off(taskId, done);
          resolve();
        };
        const timer = setTimeout(done, Math.max(0, Math.min(milliseconds, trust())));
        events.on(taskId, done);
      }),
    close: () => subscription.close(),
  };
}
