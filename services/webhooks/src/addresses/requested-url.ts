import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import type { AddressPolicy } from './address-policy.js';
import { AddressRefusedError } from './address-refused-error.js';
import { checkAddress } from './check-address.js';

/**
 * Validates and normalizes a requested address. Its name is not resolved: the result could change later, and would
 * reveal the names in the network of the service. Throws `webhook-address-refused`.
 */
export function requestedUrl(text: string, policy: AddressPolicy): string {
  try {
    if (!URL.canParse(text)) throw new AddressRefusedError('The address is not a URL.');
    const url = new URL(text);
    url.hash = '';
    checkAddress(url, policy);
    return url.href;
  } catch (error) {
    if (!(error instanceof AddressRefusedError)) throw error;
    throw new ProblemError('webhook-address-refused', {
      errors: [{ pointer: '/url', detail: error.message.replace('The address', '`url`') }],
    });
  }
}
