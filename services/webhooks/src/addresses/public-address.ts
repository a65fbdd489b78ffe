import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** The well-known NAT64 prefix, with the IPv4 address in the last four bytes. Source: RFC 6052, section 2.1. */
const translated = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/** The IPv4 address embedded in an IPv6 address: mapped (RFC 4291) or translated by NAT64 (RFC 6052). */
function carriedIpv4(address: ipaddr.IPv6): ipaddr.IPv4 | undefined {
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  if (!address.match(translated)) return undefined;
  return new ipaddr.IPv4(address.toByteArray().slice(-4));
}

/** The only block from which global IPv6 addresses are assigned. Source: IANA, IPv6 Address Space. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an IP address is on the public internet: not private, link-local, loopback, shared, multicast or reserved
 * (IANA special-purpose registries), and not a tunnel to such an address (6to4, Teredo). False for anything that is
 * not an IP address.
 */
export function isPublicAddress(text: string): boolean {
  if (isIPv4(text)) return ipaddr.IPv4.parse(text).range() === 'unicast';
  // Normalized by the URL parser first, because ipaddr.js treats `::8.8.8.8` as a mapped address.
  if (!isIPv6(text) || !URL.canParse(`http://[${text}]`)) return false;
  const address = ipaddr.IPv6.parse(new URL(`http://[${text}]`).hostname.slice(1, -1));
  const ipv4 = carriedIpv4(address);
  if (ipv4 !== undefined) return ipv4.range() === 'unicast';
  return address.match(globalUnicast) && address.range() === 'unicast';
}
