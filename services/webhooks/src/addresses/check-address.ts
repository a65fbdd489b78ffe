import { isIP } from 'node:net';
import { limits } from '@comprimemelo/contracts/limits';
import type { AddressPolicy } from './address-policy.js';
import { AddressRefusedError } from './address-refused-error.js';
import { isPublicAddress } from './public-address.js';

/** Names of this machine or its network. Source: RFC 6761, RFC 6762, ICANN on .internal. */
const privateNames = /(^|\.)(localhost|local|internal|localdomain|home\.arpa)$/;

/** A single-label name can only be resolved in the machine's own network. */
const isPrivateName = (name: string): boolean => privateNames.test(name) || !name.includes('.');

/** The host of a URL, without IPv6 brackets and without a trailing dot. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');

/**
 * Checks an address without resolving its name. The URL parser has already normalized unusual forms of IP addresses
 * (`0x7f.1`, `2130706433`). Throws an AddressRefusedError that says what is wrong.
 */
export function checkAddress(url: URL, { allowHttp, allowPrivate }: AddressPolicy): void {
  const refuse = (what: string): never => {
    throw new AddressRefusedError(`The address ${what}.`);
  };
  if (url.protocol !== 'https:' && !(allowHttp && url.protocol === 'http:')) {
    refuse('must start with https://');
  }
  if (url.username !== '' || url.password !== '')
    refuse('must not contain a user name or password');
  if (url.href.length > limits.webhookUrlLength) refuse('is too long');
  if (allowPrivate) return;
  const host = hostOf(url);
  const isPublic = isIP(host) === 0 ? !isPrivateName(host) : isPublicAddress(host);
  if (!isPublic) refuse('must be on the public internet');
}
