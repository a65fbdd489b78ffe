import type { BrokerConnection } from '@comprimemelo/messaging/connection';
import type { Consumer } from '@comprimemelo/messaging/consumer';
import type { WebhooksDependencies } from './dependencies.js';
import { consumeEvents } from './incoming/consume-events.js';
import { consumeRemovals } from './incoming/consume-removals.js';

/** Every queue that the service consumes. */
export const startConsumers = (
  broker: BrokerConnection,
  dependencies: Pick<WebhooksDependencies, 'db' | 'dispatcher' | 'logger'>,
): Consumer[] => [consumeEvents(broker, dependencies), consumeRemovals(broker, dependencies)];
