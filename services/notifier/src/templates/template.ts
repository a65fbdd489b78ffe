import type {
  AccountCreated,
  PasswordResetRequested,
  TaskEnded,
} from '@comprimemelo/contracts/messages';
import type { Static } from 'typebox';
import type { Html } from '../html.js';
import type { Links } from '../links.js';

/** The content of an e-mail. Templates can insert external values directly, because render.ts cleans them. */
export interface Content {
  subject: string;
  /** For readers that show no HTML: says the same as `html`. */
  text: string;
  html: Html;
}

export type Template<Message> = (message: Message, links: Links) => Content;

/** The message as templates get it, with the decrypted token. */
export type PasswordReset = Omit<PasswordResetRequested, 'sealedToken'> & { token: string };

/** One template for every type of Notification, in one language. */
export interface Templates {
  'account.created': Template<Static<typeof AccountCreated>>;
  'account.password-reset': Template<PasswordReset>;
  'task.processed': Template<TaskEnded>;
  'task.failed': Template<TaskEnded>;
}
