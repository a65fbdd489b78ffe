import { Id } from '@comprimemelo/contracts/identifier';
import { problems, problemType } from '@comprimemelo/contracts/problems';
import { deliveryLimit, queues } from '@comprimemelo/contracts/queues';
import type { BrokerConnection } from '@comprimemelo/messaging/connection';
import { type Consumer, consume } from '@comprimemelo/messaging/consumer';
import Type from 'typebox';
import type { TaskEventDependencies } from '../dependencies.js';
import { applyFailed } from './apply-failed.js';

const AttemptedJob = Type.Object({ taskId: Id, attempt: Type.Integer({ minimum: 1 }) });

/** Fails the tasks of jobs that no worker survived. */
export function consumeDeadConversions(
  broker: BrokerConnection,
  dependencies: TaskEventDependencies,
): Consumer {
  return consume(broker, {
    queue: queues.deadConversions,
    concurrency: 1,
    // Less than a job: what broke the job's own schema must be able to fail its task.
    schema: AttemptedJob,
    async handler({ body: { taskId, attempt }, trace }) {
      dependencies.logger.error({ taskId, attempt }, 'a job was given up');
      const error = {
        type: problemType('processing-failed'),
        title: problems['processing-failed'].title,
        detail: `The work was begun ${deliveryLimit} times and never came to an end.`,
      };
      await applyFailed({ taskId, attempt, error }, dependencies, trace);
      return 'done';
    },
  });
}
