import { Notification } from '@comprimemelo/contracts/messages';
import { queues } from '@comprimemelo/contracts/queues';
import { consume } from '@comprimemelo/messaging/consumer';
import { createNotificationHandler } from './consume-notification.js';
import type { NotifierDependencies } from './dependencies.js';

/** Deliveries held at the same time. Those that wait for a mail server cost nothing but their place. */
const concurrency = 50;

/** Every consumer of the service. close() waits for e-mails that are on their way, not for pauses. */
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
