/** A message to publish once the transaction that writes it has been committed. */
export interface OutboxEntry {
  exchange: string;
  routingKey: string;
  body: unknown;
  /** x-request-id, traceparent; an undefined one is left out. */
  headers?: Record<string, string | undefined>;
}

/**
 * The row of a message: `tx.outboxMessage.create({ data: outboxMessage({ ... }) })`, in the transaction
 * of what the message tells of. Call the relay's wake() after the commit.
 */
export function outboxMessage({ exchange, routingKey, body, headers = {} }: OutboxEntry) {
  return {
    exchange,
    routingKey,
    body: JSON.stringify(body),
    headers: JSON.stringify(headers),
    createdAt: new Date(),
  };
}
