import { randomInt } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

export interface StreamedEvent {
  /** The client sends it as Last-Event-ID when it reconnects. Without it, the previous id stays in effect. */
  id?: string | undefined;
  event: string;
  /** Sent as JSON. */
  data: unknown;
}

/** Serializes an event. Source: HTML Standard, section 9.2.6. */
export function eventText({ id, event, data }: StreamedEvent): string {
  const named = id === undefined ? '' : `id: ${id}\n`;
  return `${named}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** A comment line that clients ignore. It shows the client and every proxy that the connection is alive. */
export const heartbeat = ':\n\n';

/** The reconnect delay, randomized so that the clients of a stopped process do not all return at once. */
export const retryText = (): string => `retry: ${randomInt(1_000, 3_000)}\n\n`;

/** Milliseconds after which a client that reads nothing is disconnected; longer than the heartbeat interval. */
const stalled = 50_000;

/**
 * Responds with Server-Sent Events. Pulls from `events` only as fast as the client reads, and disconnects a client
 * that reads nothing for `stallTimeout` milliseconds.
 */
export function sendEvents(
  reply: FastifyReply,
  events: AsyncIterable<string> | Iterable<string>,
  { stallTimeout = stalled }: { stallTimeout?: number } = {},
): FastifyReply {
  reply.type('text/event-stream').headers({
    'cache-control': 'no-store',
    // Tells nginx not to buffer the events.
    'x-accel-buffering': 'no',
    // Otherwise a stopping process would wait for the client to reuse the connection.
    connection: 'close',
  });
  // Without a listener for this, Node closes the connection itself.
  reply.raw.setTimeout(stallTimeout);
  return reply.send(Readable.from(events));
}
