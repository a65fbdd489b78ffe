import type { DeliveryFault } from '@comprimemelo/contracts/webhook';
import { AddressRefusedError } from '../addresses/address-refused-error.js';
import { NoPublicAddressError } from '../addresses/no-public-address-error.js';

const byCode: Record<string, DeliveryFault> = {
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
};

/** OpenSSL's names for what is wrong with a certificate, as Node gives them. Source: node/src/crypto. */
const certificateCode = /^(CERT|UNABLE|DEPTH|SELF_SIGNED|INVALID|HOSTNAME|ERR_TLS|ERR_SSL)/;

/** The fault that a failed request is recorded as. */
export function faultOf(error: unknown): DeliveryFault {
  if (error instanceof AddressRefusedError) return 'address-refused';
  if (error instanceof NoPublicAddressError) return 'no-public-address';
  const { name, code } = error as Partial<NodeJS.ErrnoException>;
  if (name === 'TimeoutError') return 'timeout';
  const known = byCode[code ?? ''];
  if (known !== undefined) return known;
  return certificateCode.test(code ?? '') ? 'certificate-refused' : 'connection-failed';
}
