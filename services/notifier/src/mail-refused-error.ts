/** This e-mail will never be taken, whenever it is tried again. Every other error may pass. */
export class MailRefusedError extends Error {
  override name = 'MailRefusedError';
}
