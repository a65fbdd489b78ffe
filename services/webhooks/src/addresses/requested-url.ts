import { ProblemError } from '@comprimemelo/service/http/problem-error';
import type { AddressPolicy } from './address-policy.js';
import { AddressRefusedError } from './address-refused-error.js';
import { checkAddress } from './check-address.js';

/**
 * The address that is asked for, spelt as it is kept. Its name is not resolved: what that gives now says nothing
 * about later, and would tell strangers which names the service's own network has. Throws `webhook-address-refused`.
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
