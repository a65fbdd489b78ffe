import type { Notification } from '@comprimemelo/contracts/messages';
import { queues } from '@comprimemelo/contracts/queues';
import type { Message } from '@comprimemelo/messaging/message';
import type { Publisher } from '@comprimemelo/messaging/publisher';

/** The history of a message: the number of failures and the Unix time of the first in milliseconds. */
export interface Tried {
  tries: number;
  since: number;
}

const triesHeader = 'x-tries';
const sinceHeader = 'x-failing-since';

function numberOf(header: unknown, other: number): number {
  const value = typeof header === 'string' ? Number(header) : Number.NaN;
  return Number.isFinite(value) ? value : other;
}

/** The history recorded in the headers of the message. */
export const triedBefore = ({ headers }: Message<Notification>): Tried => ({
  tries: numberOf(headers[triesHeader], 0),
  since: numberOf(headers[sinceHeader], Date.now()),
});

/**
 * Publishes a confirmed copy to the end of the queue, so that the delivery can be acknowledged. A nack would count
 * towards the delivery limit of the queue, which is meant for messages that crash their consumer.
 */
export const requeueNotification = (
  publish: Publisher['publish'],
  { body, messageId, trace }: Message<Notification>,
  { tries, since }: Tried,
): Promise<void> =>
  publish({
    exchange: '',
    routingKey: queues.notifications,
    body,
    headers: { ...trace, [triesHeader]: String(tries), [sinceHeader]: String(since) },
    ...(messageId === undefined ? {} : { messageId }),
  });
