import { WebhookEvent } from '@comprimemelo/contracts/messages';
import { queues } from '@comprimemelo/contracts/queues';
import type { BrokerConnection } from '@comprimemelo/messaging/connection';
import { type Consumer, consume } from '@comprimemelo/messaging/consumer';
import type { Database } from '@comprimemelo/prisma/client/client';
import type { Logger } from '@comprimemelo/service/process/logger';
import { enterEvent } from './enter-event.js';

interface EventDependencies {
  db: Database;
  dispatcher: { wake(): void };
  logger: Logger;
}

/** Concurrent events; each is a short transaction. */
const concurrency = 10;

/** Records the events of finished tasks. A duplicate event is recorded once. */
export function consumeEvents(
  broker: BrokerConnection,
  { db, dispatcher, logger }: EventDependencies,
): Consumer {
  return consume(broker, {
    queue: queues.webhookEvents,
    concurrency,
    schema: WebhookEvent,
    async handler({ body, trace }) {
      const deliveries = await enterEvent(db, body);
      logger.info({ eventId: body.eventId, deliveries, ...trace }, 'an event was entered');
      if (deliveries > 0) dispatcher.wake();
      return 'done';
    },
  });
}
