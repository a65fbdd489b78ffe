import type { Mail } from './render.js';

/** Where e-mails go. */
export interface MailSender {
  /** Resolves when the e-mail has been handed over or written. Throws a MailRefusedError or a temporary error. */
  send(mail: Mail): Promise<void>;
  /** A word for the current state, such as `reachable`; never throws. */
  state(): Promise<string>;
  close(): Promise<void>;
}
