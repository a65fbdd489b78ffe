import { createHmac } from 'node:crypto';

interface Signed {
  eventId: string;
  /** The request body. */
  payload: string;
  /** The time of this attempt. */
  at: Date;
}

/**
 * `webhook-id`, `webhook-timestamp` and `webhook-signature`: an HMAC-SHA-256 of id, timestamp and body for each key.
 * Source: the Standard Webhooks specification, version 1.
 */
export function signedHeaders({ eventId, payload, at }: Signed, keys: readonly Buffer[]) {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const signatures = keys.map((key) => {
    const mac = createHmac('sha256', key).update(`${eventId}.${timestamp}.${payload}`);
    return `v1,${mac.digest('base64')}`;
  });
  return {
    'webhook-id': eventId,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}
