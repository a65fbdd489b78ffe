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
  /** Finds the addresses of a name. Default: by DNS; where private ones are allowed, as the system does. */
  resolve?: Resolve;
  /** Certificates that are trusted in the place of the usual ones, PEM. */
  ca?: string;
  /** Milliseconds for one whole try. Default: 15 s. */
  timeout?: number;
}

export interface WebhookRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** What came of one try. */
export type Answer =
  | { statusCode: number; retryAfter: number | undefined }
  | { fault: DeliveryFault };

export interface Sender {
  /** Makes one request and tells what came of it; never throws. */
  send(request: WebhookRequest): Promise<Answer>;
  close(): Promise<void>;
}

const usualTimeout = 15_000;
const connectTimeout = 5_000;
/** Milliseconds that an unused connection is kept. */
const keepAlive = 4_000;
/** Bytes of an answer's body that are read, and let go: enough to keep the connection of an ordinary answer. */
const readBytes = 16 * 1_024;

function createAgent({ policy, resolve, ca }: SenderOptions): Agent {
  const usualResolve = policy.allowPrivate ? systemResolve : createDnsResolve();
  return new Agent({
    connect: {
      timeout: connectTimeout,
      // By an agent of its own: no proxy of the environment comes between, which would connect unguarded.
      lookup: guardedLookup(policy, resolve ?? usualResolve),
      ...(ca === undefined ? {} : { ca }),
    },
    keepAliveTimeout: keepAlive,
    keepAliveMaxTimeout: keepAlive,
    allowH2: false,
  });
}

/** Posts webhooks to addresses that strangers have chosen. Redirects are not followed: undici's agent never does. */
export function createSender(options: SenderOptions): Sender {
  const { policy, timeout = usualTimeout } = options;
  const agent = createAgent(options);

  async function post({ url, headers, body }: WebhookRequest): Promise<Answer> {
    const address = new URL(url);
    // The rules may have changed since the address was taken.
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
    // The status has said it: what becomes of the rest changes nothing.
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
