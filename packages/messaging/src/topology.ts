import {
  deliveryLimit,
  exchanges,
  lanes,
  queues,
  retryDelay,
} from '@comprimemelo/contracts/queues';
import { taskEndTypes } from '@comprimemelo/contracts/webhook';
import type { Channel } from 'amqplib';
import type { BrokerConnection } from './connection.js';

/** Deliveries of an event that each ended in a crash of its consumer: what RabbitMQ 4 sets by itself. */
const eventDeliveryLimit = 20;

/** A dead letter leaves its queue only when it has arrived: needs reject-publish, since RabbitMQ 3.10. */
const deadLetteringTo = (exchange: string, routingKey: string) => ({
  'x-dead-letter-exchange': exchange,
  'x-dead-letter-routing-key': routingKey,
  'x-dead-letter-strategy': 'at-least-once',
  'x-overflow': 'reject-publish',
});

/** The broker counts the deliveries after the first one. */
const givenUpAfter = (deliveries: number, deadQueue: string) => ({
  ...deadLetteringTo(exchanges.deadLetters, deadQueue),
  'x-delivery-limit': deliveries - 1,
});

const exchangeTypes: Record<(typeof exchanges)[keyof typeof exchanges], string> = {
  [exchanges.conversions]: 'direct',
  [exchanges.taskEvents]: 'topic',
  [exchanges.taskChanges]: 'topic',
  [exchanges.jobCancels]: 'topic',
  [exchanges.notifications]: 'topic',
  [exchanges.webhookEvents]: 'topic',
  [exchanges.deadLetters]: 'direct',
  [exchanges.retries]: 'direct',
};

const backToLane = (lane: string) => ({
  ...deadLetteringTo(exchanges.conversions, lane),
  'x-message-ttl': retryDelay,
});

/** The arguments of each queue beside its type. A declared queue cannot change them (406). */
const queueArguments: Record<(typeof queues)[keyof typeof queues], object> = {
  [queues.small]: givenUpAfter(deliveryLimit, queues.deadConversions),
  [queues.large]: givenUpAfter(deliveryLimit, queues.deadConversions),
  [queues.retrySmall]: backToLane('small'),
  [queues.retryLarge]: backToLane('large'),
  [queues.taskEvents]: givenUpAfter(eventDeliveryLimit, queues.deadTaskEvents),
  [queues.removals]: givenUpAfter(eventDeliveryLimit, queues.deadTaskEvents),
  [queues.notifications]: givenUpAfter(eventDeliveryLimit, queues.deadNotifications),
  [queues.webhookEvents]: givenUpAfter(eventDeliveryLimit, queues.deadWebhookEvents),
  [queues.webhookRemovals]: givenUpAfter(eventDeliveryLimit, queues.deadWebhookEvents),
  [queues.deadConversions]: {},
  [queues.deadTaskEvents]: {},
  [queues.deadNotifications]: {},
  [queues.deadWebhookEvents]: {},
};

/** The queues, and the routing keys that lead from an exchange to them. */
const bindings: readonly [exchange: string, queue: string, ...routingKeys: string[]][] = [
  [exchanges.conversions, queues.small, 'small'],
  [exchanges.conversions, queues.large, 'large'],
  [exchanges.retries, queues.retrySmall, 'small'],
  [exchanges.retries, queues.retryLarge, 'large'],
  [
    exchanges.taskEvents,
    queues.taskEvents,
    'task.started',
    'task.progress',
    'task.completed',
    'task.failed',
  ],
  [exchanges.notifications, queues.removals, 'account.deleted', 'file.deleted'],
  [
    exchanges.notifications,
    queues.notifications,
    'account.created',
    'account.password-reset',
    'task.processed',
    'task.failed',
  ],
  [exchanges.webhookEvents, queues.webhookEvents, ...taskEndTypes],
  [exchanges.notifications, queues.webhookRemovals, 'account.deleted'],
  [exchanges.deadLetters, queues.deadConversions, queues.deadConversions],
  [exchanges.deadLetters, queues.deadTaskEvents, queues.deadTaskEvents],
  [exchanges.deadLetters, queues.deadNotifications, queues.deadNotifications],
  [exchanges.deadLetters, queues.deadWebhookEvents, queues.deadWebhookEvents],
];

async function declare(channel: Channel): Promise<void> {
  for (const [exchange, type] of Object.entries(exchangeTypes)) {
    await channel.assertExchange(exchange, type, { durable: true });
  }
  for (const [queue, own] of Object.entries(queueArguments)) {
    const options = { 'x-queue-type': 'quorum', ...own };
    await channel.assertQueue(queue, { durable: true, arguments: options });
  }
  for (const [exchange, queue, ...routingKeys] of bindings) {
    for (const routingKey of routingKeys) await channel.bindQueue(queue, exchange, routingKey);
  }
}

/**
 * Declares every exchange, queue and binding of contracts/queues, now and after each reconnect, since
 * the broker may have lost its disk. Idempotent. The connection is `ready` once that is done.
 */
export function declareTopology(connection: BrokerConnection): void {
  connection.prepare(declare);
}

const retryLanes: Record<string, string> = Object.fromEntries(
  lanes.map((lane) => [queues[lane], lane]),
);

/** The routing key of the retry queue that leads back to this queue; undefined where it has none. */
export const retryLaneOf = (queue: string): string | undefined => retryLanes[queue];
