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
  /** Resolves at the task's next change, or after at most `milliseconds`: a reason to look again. */
  next(taskId: string, milliseconds: number): Promise<void>;
  /**
   * Calls the listener at each change of a task, where `id` is the task's or its owner's, and without a task
   * when nobody should wait any longer. Returns the way to stop that.
   */
  listen(id: string, listener: (taskId?: string) => void): () => void;
  /** The longest that silence is trusted now, in milliseconds: less when no change can be heard of. */
  readonly trust: number;
  /** True once nobody should wait any longer: the process is about to end. */
  readonly stopped: boolean;
  /** Lets every waiter go on at once. */
  stop(): void;
  close(): Promise<void>;
}

/** Hears of the changes of tasks that any instance of this service makes. */
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
