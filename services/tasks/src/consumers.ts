import type { BrokerConnection } from '@comprimemelo/messaging/connection';
import type { Consumer } from '@comprimemelo/messaging/consumer';
import type { TaskEventDependencies } from './dependencies.js';
import { consumeRemovals } from './removals/consume-removals.js';
import { consumeDeadConversions } from './reports/consume-dead-conversions.js';
import { consumeTaskEvents } from './reports/consume-task-events.js';

/** Every queue that the service consumes. */
export const startConsumers = (
  broker: BrokerConnection,
  dependencies: TaskEventDependencies,
): Consumer[] => [
  consumeTaskEvents(broker, dependencies),
  consumeDeadConversions(broker, dependencies),
  consumeRemovals(broker, dependencies),
];
