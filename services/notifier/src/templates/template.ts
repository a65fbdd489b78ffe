import type {
  AccountCreated,
  PasswordResetRequested,
  TaskEnded,
} from '@comprimemelo/contracts/messages';
import type { Static } from 'typebox';
import type { Html } from '../html.js';
import type { Links } from '../links.js';

/** What an e-mail says. Values from outside may stand in each part as they are: render.ts cleans them. */
export interface Content {
  subject: string;
  /** For readers that show no HTML: says the same as `html`. */
  text: string;
  html: Html;
}

export type Template<Message> = (message: Message, links: Links) => Content;

/** The message as the templates see it: the token is opened. */
export type PasswordReset = Omit<PasswordResetRequested, 'sealedToken'> & { token: string };

/** One template for every type of Notification, in one language. */
export interface Templates {
  'account.created': Template<Static<typeof AccountCreated>>;
  'account.password-reset': Template<PasswordReset>;
  'task.processed': Template<TaskEnded>;
  'task.failed': Template<TaskEnded>;
}
