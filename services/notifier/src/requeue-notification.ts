import type { Notification } from '@comprimemelo/contracts/messages';
import { queues } from '@comprimemelo/contracts/queues';
import type { Message } from '@comprimemelo/messaging/message';
import type { Publisher } from '@comprimemelo/messaging/publisher';

/** What a message has been through: failures, and when the first was (milliseconds since 1970). */
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

/** What earlier rounds through the queue have noted on the message. */
export const triedBefore = ({ headers }: Message<Notification>): Tried => ({
  tries: numberOf(headers[triesHeader], 0),
  since: numberOf(headers[sinceHeader], Date.now()),
});

/**
 * Puts a confirmed copy at the end of the queue, so that the delivery itself is done: a nack would count
 * towards the queue's delivery limit, which is meant for messages that end their consumer.
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
