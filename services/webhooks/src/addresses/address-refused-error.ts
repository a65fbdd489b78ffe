/** The address is refused by its form alone, without resolving it. The message says why. */
export class AddressRefusedError extends Error {
  override name = 'AddressRefusedError';
}
