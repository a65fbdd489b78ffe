import type { ConsumeMessage } from 'amqplib';

/** How often a message came back through a retry queue. */
export const retryCountHeader = 'x-retry-count';

/** What a handler says of a message; only the consumer acknowledges. */
export type Outcome = 'done' | 'retry' | 'reject';

export interface Message<Body> {
  body: Body;
  messageId: string | undefined;
  routingKey: string;
  /** As they came, the broker's own `x-death` among them. */
  headers: Readonly<Record<string, unknown>>;
  /** To hand on to what is published because of this message. */
  trace: { 'x-request-id'?: string; traceparent?: string };
  /** Tries before this one that ended in 'retry'. */
  retries: number;
  /** True when an earlier delivery ended without an acknowledgement: its consumer died. */
  redelivered: boolean;
  /**
   * Aborted when the delivery is no longer this consumer's (the broker gives it to another one) or when
   * close() has waited long enough. What the handler returns is then without effect.
   */
  signal: AbortSignal;
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

function traceOf(headers: Readonly<Record<string, unknown>>): Message<unknown>['trace'] {
  const requestId = textOf(headers['x-request-id']);
  const traceparent = textOf(headers.traceparent);
  return {
    ...(requestId === undefined ? {} : { 'x-request-id': requestId }),
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}

/** A body that is no JSON stays as it came, which breaks every schema. */
export function bodyOf({ content }: { content: Buffer }): unknown {
  try {
    return JSON.parse(content.toString());
  } catch {
    return content;
  }
}

/** A delivery as a handler sees it; its body is not yet checked. */
export function messageOf(delivery: ConsumeMessage, signal: AbortSignal): Message<unknown> {
  const { fields, properties } = delivery;
  const headers: Readonly<Record<string, unknown>> = properties.headers ?? {};
  const retries = headers[retryCountHeader];
  const messageId: unknown = properties.messageId;
  return {
    body: bodyOf(delivery),
    messageId: textOf(messageId),
    routingKey: fields.routingKey,
    headers,
    trace: traceOf(headers),
    retries: typeof retries === 'number' ? retries : 0,
    redelivered: fields.redelivered,
    signal,
  };
}
