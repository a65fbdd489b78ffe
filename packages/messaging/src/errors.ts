/** The broker is not there, or has stopped taking messages. */
export class BrokerUnavailableError extends Error {
  override name = 'BrokerUnavailableError';
}
