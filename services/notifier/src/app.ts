import { Notification } from '@comprimemelo/contracts/messages';
import { queues } from '@comprimemelo/contracts/queues';
import type { BrokerConnection } from '@comprimemelo/messaging/connection';
import { consume } from '@comprimemelo/messaging/consumer';
import type { Publisher } from '@comprimemelo/messaging/publisher';
import { type App, createHttpApp } from '@comprimemelo/service/http/http-app';
import type { Logger } from '@comprimemelo/service/process/logger';
import { createNotificationHandler } from './consume-notification.js';
import type { MailSender } from './mail-sender.js';
import type { Patience } from './retry-policy.js';

/** Deliveries held at the same time. Those that wait for a mail server cost nothing but their place. */
const concurrency = 50;

export interface NotifierDependencies {
  broker: BrokerConnection;
  publisher: Publisher;
  sender: MailSender;
  /** The origin's address, without a trailing slash. */
  publicUrl: string;
  /** Opens what auth has sealed. */
  mailSecretsKey: string;
  logger: Logger;
  patience?: Patience;
}

/** Health and metrics; a mail server that is away is told, and is no reason to be unready. */
export const buildApp = ({ broker, sender, logger }: NotifierDependencies): Promise<App> =>
  createHttpApp({
    service: 'notifier',
    logger,
    checks: {
      broker: () => {
        if (!broker.ready) throw new Error('not connected');
      },
      mail: () => sender.state(),
    },
  });

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
