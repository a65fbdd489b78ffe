import { Id } from '@comprimemelo/contracts/identifier';
import { problems, problemType } from '@comprimemelo/contracts/problems';
import { deliveryLimit, queues } from '@comprimemelo/contracts/queues';
import type { BrokerConnection } from '@comprimemelo/messaging/connection';
import { type Consumer, consume } from '@comprimemelo/messaging/consumer';
import Type from 'typebox';
import type { TaskEventDependencies } from '../dependencies.js';
import { applyFailed } from './apply-failed.js';

const AttemptedJob = Type.Object({ taskId: Id, attempt: Type.Integer({ minimum: 1 }) });

/** Fails the tasks of dead-lettered jobs, which no worker could finish. */
export function consumeDeadConversions(
  broker: BrokerConnection,
  dependencies: TaskEventDependencies,
): Consumer {
  return consume(broker, {
    queue: queues.deadConversions,
    concurrency: 1,
    // Only part of the job schema, so that a job that violates the full schema can still fail its task.
    schema: AttemptedJob,
    async handler({ body: { taskId, attempt }, trace }) {
      dependencies.logger.error({ taskId, attempt }, 'a job was given up');
      const error = {
        type: problemType('processing-failed'),
        title: problems['processing-failed'].title,
        detail: `The task was started ${deliveryLimit} times and never finished.`,
      };
      await applyFailed({ taskId, attempt, error }, dependencies, trace);
      return 'done';
    },
  });
}
