/** A message to publish once the transaction that writes it has been committed. */
export interface OutboxEntry {
  exchange: string;
  routingKey: string;
  body: unknown;
  /** x-request-id, traceparent; an undefined one is left out. */
  headers?: Record<string, string | undefined>;
  /** True where the body is to be blanked once it is sent. */
  secret?: boolean;
}

/**
 * The row of a message: `tx.outboxMessage.createMany({ data: [outboxMessage({ ... })] })`, in the
 * transaction of what the message tells of; `create` would read it again. Call the relay's wake() after the commit.
 */
export function outboxMessage(entry: OutboxEntry) {
  const { exchange, routingKey, body, headers = {}, secret = false } = entry;
  return {
    exchange,
    routingKey,
    body: JSON.stringify(body),
    headers: JSON.stringify(headers),
    secret,
    createdAt: new Date(),
  };
}
