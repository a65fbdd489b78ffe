import { accountCreated } from './spanish/account-created.js';
import { passwordReset } from './spanish/password-reset.js';
import { taskFailed } from './spanish/task-failed.js';
import { taskProcessed } from './spanish/task-processed.js';
import type { Templates } from './template.js';

/** The e-mails in Spanish. */
export const spanish: Templates = {
  'account.created': accountCreated,
  'account.password-reset': passwordReset,
  'task.processed': taskProcessed,
  'task.failed': taskFailed,
};
