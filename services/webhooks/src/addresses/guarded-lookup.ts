import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { AddressPolicy } from './address-policy.js';
import { NoPublicAddressError } from './no-public-address-error.js';
import { isPublicAddress } from './public-address.js';
import type { Resolve } from './resolve-name.js';

type Addresses = [LookupAddress, ...LookupAddress[]];

/**
 * Resolves a name for a connection and refuses it if any of its addresses is not public. The socket connects only to
 * what this returns, so DNS rebinding (changing the name after the check) has no effect. Literal addresses are not
 * looked up; `checkAddress` checks those.
 */
export function guardedLookup({ allowPrivate }: AddressPolicy, resolve: Resolve): LookupFunction {
  const isAllowed = ({ address }: LookupAddress) => allowPrivate || isPublicAddress(address);

  async function allowed(hostname: string): Promise<Addresses> {
    const refused = `${hostname} has no public address`;
    const addresses = await resolve(hostname).catch((cause: unknown) => {
      throw new NoPublicAddressError(refused, { cause });
    });
    const [first, ...others] = addresses;
    if (first === undefined || !addresses.every(isAllowed)) throw new NoPublicAddressError(refused);
    return [first, ...others];
  }

  return (hostname, { all }, callback) => {
    allowed(hostname).then(
      (addresses) => {
        const [{ address, family }] = addresses;
        if (all) callback(null, addresses);
        else callback(null, address, family);
      },
      (error: Error) => callback(error, ''),
    );
  };
}
