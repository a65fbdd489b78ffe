/** By its spelling alone, nothing is sent to this address. The message says why. */
export class AddressRefusedError extends Error {
  override name = 'AddressRefusedError';
}
