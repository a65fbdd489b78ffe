/** A message to publish after its transaction has been committed. */
export interface OutboxEntry {
  exchange: string;
  routingKey: string;
  body: unknown;
  /** x-request-id, traceparent; an undefined one is left out. */
  headers?: Record<string, string | undefined>;
  /** True if the body is erased after sending. */
  secret?: boolean;
}

/**
 * The row of a message: `tx.outboxMessage.createMany({ data: [outboxMessage({ ... })] })`, in the same transaction as
 * the change it reports; `create` would read it back. Call wake() of the relay after the commit.
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
