import { setTimeout as pause } from 'node:timers/promises';
import type { Notification } from '@comprimemelo/contracts/messages';
import { exchanges, queues } from '@comprimemelo/contracts/queues';
import { type BrokerConnection, connect } from '@comprimemelo/messaging/connection';
import { createPublisher } from '@comprimemelo/messaging/publisher';
import { queueDepth } from '@comprimemelo/messaging/queue-depth';
import { declareTopology } from '@comprimemelo/messaging/topology';
import { createLogger } from '@comprimemelo/service/process/logger';
import { testBroker } from '@comprimemelo/testing/broker';
import type { Test } from 'tap';
import { startConsumers } from '../src/consumers.js';
import type { RetryPolicy } from '../src/retry-policy.js';
import { createSmtpSender } from '../src/send-mail.js';
import { mailSecretsKey, publicUrl } from './notifications.js';

/** Milliseconds that a test waits for what must come. */
const patient = 30_000;

export interface TestNotifier {
  broker: BrokerConnection;
  publish(notification: Notification, messageId?: string): Promise<void>;
  /** Consumes and sends to the mail server at `smtpUrl` until the test ends or `close`. */
  start(smtpUrl: string, retryPolicy?: RetryPolicy): { close(): Promise<void> };
  /** Resolves when the queue holds that many messages, ready to be delivered. */
  holds(queue: string, count: number): Promise<void>;
  /** The first message of a queue, taken from it. */
  take(queue: string): Promise<{ body: unknown; headers: Record<string, unknown> }>;
}

/** The notifier's consumer on a RabbitMQ virtual host of the test's own. */
export async function testNotifier(t: Test): Promise<TestNotifier> {
  const logger = createLogger('notifier', 'silent');
  const virtualHost = await testBroker();
  t.teardown(() => virtualHost.delete());
  const broker = connect(virtualHost.url, { logger, name: t.name });
  t.teardown(() => broker.close());
  declareTopology(broker);
  const publisher = createPublisher(broker);
  t.teardown(() => publisher.close());
  await broker.waitUntilReady(patient);

  return {
    broker,
    publish: (body, messageId) =>
      publisher.publish({
        exchange: exchanges.notifications,
        routingKey: body.type,
        body,
        ...(messageId === undefined ? {} : { messageId }),
      }),
    start(smtpUrl, retryPolicy) {
      const sender = createSmtpSender({ url: smtpUrl, from: 'no-reply@files.example' });
      const consumers = startConsumers({
        broker,
        publisher,
        sender,
        publicUrl,
        mailSecretsKey,
        logger,
        ...(retryPolicy === undefined ? {} : { retryPolicy }),
      });
      let closed: Promise<void> | undefined;
      const close = () => {
        closed ??= consumers.close().then(() => sender.close());
        return closed;
      };
      t.teardown(close);
      return { close };
    },
    async holds(queue, count) {
      const deadline = Date.now() + patient;
      for (;;) {
        const depth = await queueDepth(broker, queue);
        if (depth === count) return;
        if (Date.now() > deadline) throw new Error(`${queue} holds ${depth}, not ${count}`);
        await pause(50);
      }
    },
    async take(queue) {
      const message = await virtualHost.take(queue);
      if (message === undefined) throw new Error(`${queue} is empty`);
      return message;
    },
  };
}

export const { notifications: queue, deadNotifications: deadQueue } = queues;
