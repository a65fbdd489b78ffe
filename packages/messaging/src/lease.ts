import { AMQPChannelError } from 'rabbitmq-client';
import type { BrokerConnection } from './connection.js';

/**
 * The unacknowledged deliveries of one consumer. They are lost together, with their channel; the signals
 * that they were given are aborted then.
 */
export interface Lease {
  /** For a delivery that arrives now: `stop` ends pauses, on close() too; `signal` ends the handler. */
  signals(): { signal: AbortSignal; stop: AbortSignal };
  readonly closing: boolean;
  onError(error: unknown): void;
  /** Aborts the deliveries that are still being handled. */
  abort(): void;
  close(): void;
}

export function createLease(connection: BrokerConnection): Lease {
  let closing = false;
  let delivery = new AbortController();
  let pauses = new AbortController();
  const abort = () => {
    delivery.abort();
    pauses.abort();
    delivery = new AbortController();
    pauses = new AbortController();
  };
  const unsubscribe = connection.onLost(abort);
  return {
    signals: () => ({ signal: delivery.signal, stop: pauses.signal }),
    get closing() {
      return closing;
    },
    abort,
    onError(error) {
      // The broker closes a channel alone when an acknowledgement takes longer than consumer_timeout.
      if (error instanceof AMQPChannelError) abort();
    },
    close() {
      closing = true;
      pauses.abort();
      unsubscribe();
    },
  };
}
