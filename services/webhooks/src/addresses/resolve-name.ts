import type { LookupAddress } from 'node:dns';
import { lookup, Resolver } from 'node:dns/promises';

/** All addresses of a name. Rejects with the error of the one or the other look-up where there is none. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

/** Milliseconds for one question to a DNS server, and how often it is asked. */
const asking = { timeout: 2_000, tries: 2 };

/**
 * By DNS alone, apart from the four threads that all of the process' system look-ups share: whoever makes their own
 * DNS server slow would hold up everybody there. Names of /etc/hosts are not for strangers either.
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

/** As any program of this machine does: `localhost` and the names of the own network are among them. */
export const systemResolve: Resolve = (hostname) => lookup(hostname, { all: true });
