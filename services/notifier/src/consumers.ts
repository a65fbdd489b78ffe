import { Notification } from '@comprimemelo/contracts/messages';
import { queues } from '@comprimemelo/contracts/queues';
import { consume } from '@comprimemelo/messaging/consumer';
import { createNotificationHandler } from './consume-notification.js';
import type { NotifierDependencies } from './dependencies.js';

/** Concurrent deliveries. Waiting for a mail server costs nothing but the slot. */
const concurrency = 50;

/** Starts every consumer of the service. close() waits for e-mails that are being sent, but not for pauses. */
export function startConsumers(dependencies: NotifierDependencies): { close(): Promise<void> } {
  const { broker, publisher, ...rest } = dependencies;
  const stopping = new AbortController();
  const notifications = consume(broker, {
    queue: queues.notifications,
    concurrency,
    schema: Notification,
    handler: createNotificationHandler({
      ...rest,
      publish: publisher.publish,
      stopping: stopping.signal,
    }),
  });
  return {
    async close() {
      const closed = notifications.close();
      stopping.abort();
      await closed;
    },
  };
}
