import type { Mail } from './render.js';

/** Where e-mails go. */
export interface MailSender {
  /** Resolves when the e-mail is in other hands, or on disk. Throws a MailRefusedError, or what may pass. */
  send(mail: Mail): Promise<void>;
  /** One word about whether e-mails can go now; never throws. */
  state(): Promise<string>;
  close(): Promise<void>;
}
