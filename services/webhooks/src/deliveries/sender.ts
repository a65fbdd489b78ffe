import type { DeliveryFault } from '@comprimemelo/contracts/webhook';
import { Agent } from 'undici';
import type { AddressPolicy } from '../addresses/address-policy.js';
import { checkAddress } from '../addresses/check-address.js';
import { guardedLookup } from '../addresses/guarded-lookup.js';
import { createDnsResolve, type Resolve, systemResolve } from '../addresses/resolve-name.js';
import { faultOf } from './delivery-fault.js';
import { retryAfter } from './retry-after.js';

export interface SenderOptions {
  policy: AddressPolicy;
  /** Resolves names. Default: DNS only, or the system resolver if private addresses are allowed. */
  resolve?: Resolve;
  /** Trusted CA certificates in PEM, instead of the default ones. */
  ca?: string;
  /** Milliseconds for one attempt. Default: 15 s. */
  timeout?: number;
}

export interface WebhookRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** The outcome of one request. */
export type Answer =
  | { statusCode: number; retryAfter: number | undefined }
  | { fault: DeliveryFault };

export interface Sender {
  /** Makes one request and returns the outcome; never throws. */
  send(request: WebhookRequest): Promise<Answer>;
  close(): Promise<void>;
}

const usualTimeout = 15_000;
const connectTimeout = 5_000;
/** Milliseconds for which an idle connection is kept. */
const keepAlive = 4_000;
/** Bytes of a response body that are read and discarded, so that the connection can usually be reused. */
const readBytes = 16 * 1_024;

function createAgent({ policy, resolve, ca }: SenderOptions): Agent {
  const usualResolve = policy.allowPrivate ? systemResolve : createDnsResolve();
  return new Agent({
    connect: {
      timeout: connectTimeout,
      // A dedicated agent, so that a proxy from the environment cannot bypass the guarded lookup.
      lookup: guardedLookup(policy, resolve ?? usualResolve),
      ...(ca === undefined ? {} : { ca }),
    },
    keepAliveTimeout: keepAlive,
    keepAliveMaxTimeout: keepAlive,
    allowH2: false,
  });
}

/** Posts webhooks to user-supplied addresses. Redirects are not followed, because undici's agent never does. */
export function createSender(options: SenderOptions): Sender {
  const { policy, timeout = usualTimeout } = options;
  const agent = createAgent(options);

  async function post({ url, headers, body }: WebhookRequest): Promise<Answer> {
    const address = new URL(url);
    // The rules may have changed since the address was registered.
    checkAddress(address, policy);
    const { origin, pathname, search } = address;
    const answer = await agent.request({
      method: 'POST',
      origin,
      path: pathname + search,
      headers,
      body,
      signal: AbortSignal.timeout(timeout),
    });
    // Only the status matters, so errors in the rest of the body are ignored.
    await answer.body.dump({ limit: readBytes }).catch(() => undefined);
    return {
      statusCode: answer.statusCode,
      retryAfter: retryAfter(answer.headers['retry-after']),
    };
  }

  return {
    send: (request) => post(request).catch((error: unknown) => ({ fault: faultOf(error) })),
    close: () => agent.destroy(),
  };
}
