/** This e-mail can never be sent, however often it is retried. Every other error may be temporary. */
export class MailRefusedError extends Error {
  override name = 'MailRefusedError';
}
