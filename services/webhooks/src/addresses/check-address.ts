import { isIP } from 'node:net';
import { limits } from '@comprimemelo/contracts/limits';
import type { AddressPolicy } from './address-policy.js';
import { AddressRefusedError } from './address-refused-error.js';
import { isPublicAddress } from './public-address.js';

/** Names that stand for this machine or its network. Source: RFC 6761, RFC 6762, ICANN on .internal. */
const privateNames = /(^|\.)(localhost|local|internal|localdomain|home\.arpa)$/;

/** A name of one label is found by the search list of the machine's own network alone. */
const isPrivateName = (name: string): boolean => privateNames.test(name) || !name.includes('.');

/** The host of a URL, without the brackets of IPv6 and the dot of the root. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');

/**
 * What can be told of an address before its name is resolved. The URL parser has spelt every odd form of an IP
 * address (`0x7f.1`, `2130706433`) in the usual one. Throws an AddressRefusedError that says what is wrong.
 */
export function checkAddress(url: URL, { allowHttp, allowPrivate }: AddressPolicy): void {
  const refuse = (what: string): never => {
    throw new AddressRefusedError(`The address ${what}.`);
  };
  if (url.protocol !== 'https:' && !(allowHttp && url.protocol === 'http:')) {
    refuse('does not begin with https:');
  }
  if (url.username !== '' || url.password !== '') refuse('holds a user name or a password');
  if (url.href.length > limits.webhookUrlLength) refuse('is too long');
  if (allowPrivate) return;
  const host = hostOf(url);
  const isPublic = isIP(host) === 0 ? !isPrivateName(host) : isPublicAddress(host);
  if (!isPublic) refuse('is not one of the public internet');
}
