/**
 * A name leads to no address that webhooks are sent to: to none at all, or to a private one. Which of the two is not
 * told: strangers would learn the names of the service's own network.
 */
export class NoPublicAddressError extends Error {
  override name = 'NoPublicAddressError';
}
