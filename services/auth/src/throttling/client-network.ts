import { isIPv6 } from 'node:net';

const groupsOfNetwork = 4;
const groups = 8;
const mappedIpv4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * The network that is counted for a client address: the IPv4 address itself, or the /64 of an IPv6 address, which is
 * the smallest network assigned to a customer (RFC 6177).
 */
export function clientNetwork(address: string): string {
  const ipv4 = mappedIpv4.exec(address)?.[1];
  if (ipv4 !== undefined) return ipv4;
  const [bare = address] = address.split('%', 1);
  if (!isIPv6(bare)) return address;
  // The URL parser normalizes the address (RFC 5952).
  const spelt = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const [head = '', tail] = spelt.split('::');
  const first = head.split(':').filter(Boolean);
  const last = (tail ?? '').split(':').filter(Boolean);
  const zeros = Array<string>(groups - first.length - last.length).fill('0');
  const all = tail === undefined ? first : [...first, ...zeros, ...last];
  return `${all.slice(0, groupsOfNetwork).join(':')}::/64`;
}
