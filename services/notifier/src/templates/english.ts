import { accountCreated } from './english/account-created.js';
import { passwordReset } from './english/password-reset.js';
import { taskFailed } from './english/task-failed.js';
import { taskProcessed } from './english/task-processed.js';
import type { Templates } from './template.js';

/** The e-mails in English. Another language is another table like this one, beside it. */
export const english: Templates = {
  'account.created': accountCreated,
  'account.password-reset': passwordReset,
  'task.processed': taskProcessed,
  'task.failed': taskFailed,
};
