import { randomInt } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

export interface StreamedEvent {
  /** What the client sends as Last-Event-ID when it comes back; left out, it keeps the one before. */
  id?: string | undefined;
  event: string;
  /** Sent as JSON. */
  data: unknown;
}

/** An event as text. Source: HTML Standard, section 9.2.6. */
export function eventText({ id, event, data }: StreamedEvent): string {
  const named = id === undefined ? '' : `id: ${id}\n`;
  return `${named}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** A line that clients skip: it shows every proxy on the way, and the client, that the connection lives. */
export const heartbeat = ':\n\n';

/** After how many milliseconds a client is to come back; not all of a process that ended at once. */
export const retryText = (): string => `retry: ${randomInt(1_000, 3_000)}\n\n`;

/** Milliseconds after which a client that takes nothing is cut off: more than the time between heartbeats. */
const stalled = 50_000;

/**
 * Answers with Server-Sent Events. What `events` yields is taken as fast as the client reads, and no faster; a
 * client that takes nothing for `stallTimeout` milliseconds is cut off.
 */
export function sendEvents(
  reply: FastifyReply,
  events: AsyncIterable<string> | Iterable<string>,
  { stallTimeout = stalled }: { stallTimeout?: number } = {},
): FastifyReply {
  reply.type('text/event-stream').headers({
    'cache-control': 'no-store',
    // Nginx passes each event on as it comes.
    'x-accel-buffering': 'no',
    // Else a process that ends would wait for the client to use the connection again.
    connection: 'close',
  });
  // Without a listener to this, Node itself ends the connection.
  reply.raw.setTimeout(stallTimeout);
  return reply.send(Readable.from(events));
}
