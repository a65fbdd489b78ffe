import { EventEmitter } from 'node:events';
import {
  type TaskChanged,
  TaskChanged as TaskChangedSchema,
} from '@comprimemelo/contracts/messages';
import { exchanges } from '@comprimemelo/contracts/queues';
import type { BrokerConnection } from '@comprimemelo/messaging/connection';
import { watch } from '@comprimemelo/messaging/watch';

/** The longest that a watcher trusts silence, in milliseconds: less when no change can be heard of. */
const trust = { connected: 15_000, deaf: 2_000 };

export interface TaskChanges {
  /** Resolves at the task's next change, or after at most `milliseconds`: a reason to look again. */
  next(taskId: string, milliseconds: number): Promise<void>;
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
    onMessage: (change: TaskChanged) => events.emit(change.taskId),
  });
  let stopped = false;
  return {
    get stopped() {
      return stopped;
    },
    stop() {
      stopped = true;
      for (const taskId of events.eventNames()) events.emit(taskId);
    },
    next: (taskId, milliseconds) =>
      new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          events.off(taskId, done);
          resolve();
        };
        const longest = broker.ready ? trust.connected : trust.deaf;
        const timer = setTimeout(done, Math.max(0, Math.min(milliseconds, longest)));
        events.on(taskId, done);
      }),
    close: () => subscription.close(),
  };
}
