/**
 * A name resolves to no address, or to a private one. The error does not say which, because that would reveal the
 * names in the network of the service.
 */
export class NoPublicAddressError extends Error {
  override name = 'NoPublicAddressError';
}
