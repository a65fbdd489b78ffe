import type { LookupAddress } from 'node:dns';
import { lookup, Resolver } from 'node:dns/promises';

/** Resolves a name to all its addresses. Rejects if there are none. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

/** Timeout of a DNS query in milliseconds, and the number of attempts. */
const asking = { timeout: 2_000, tries: 2 };

/**
 * Resolves names by DNS only, without the four threads that all system lookups of the process share: a deliberately
 * slow DNS server could otherwise block everyone. It also ignores /etc/hosts, which users must not reach.
 */
export function createDnsResolve(): Resolve {
  const resolver = new Resolver(asking);
  return async (hostname) => {
    const [ipv4, ipv6] = await Promise.allSettled([
      resolver.resolve4(hostname),
      resolver.resolve6(hostname),
    ]);
    if (ipv4.status === 'rejected' && ipv6.status === 'rejected') throw ipv4.reason;
    const of = (found: PromiseSettledResult<string[]>, family: 4 | 6) =>
      found.status === 'rejected' ? [] : found.value.map((address) => ({ address, family }));
    return [...of(ipv4, 4), ...of(ipv6, 6)];
  };
}

/** Resolves names like any program on this machine, including `localhost` and names in its own network. */
export const systemResolve: Resolve = (hostname) => lookup(hostname, { all: true });
