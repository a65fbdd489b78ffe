import { TaskEvent } from '@comprimemelo/contracts/messages';
import { queues } from '@comprimemelo/contracts/queues';
import type { BrokerConnection } from '@comprimemelo/messaging/connection';
import { type Consumer, consume } from '@comprimemelo/messaging/consumer';
import type { TaskEventDependencies } from '../dependencies.js';
import { applyCompleted } from './apply-completed.js';
import { applyFailed } from './apply-failed.js';
import { applyProgress } from './apply-progress.js';
import { applyStarted } from './apply-started.js';

/** Applies the job events of the compressors. Events may arrive twice, late and in any order. */
export function consumeTaskEvents(
  broker: BrokerConnection,
  dependencies: TaskEventDependencies,
): Consumer {
  return consume(broker, {
    queue: queues.taskEvents,
    concurrency: 8,
    schema: TaskEvent,
    async handler({ body, trace }) {
      if (body.type === 'task.started') await applyStarted(body, dependencies);
      else if (body.type === 'task.progress') await applyProgress(body, dependencies);
      else if (body.type === 'task.completed') await applyCompleted(body, dependencies, trace);
      else await applyFailed(body, dependencies, trace);
      return 'done';
    },
  });
}
