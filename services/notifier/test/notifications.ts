import type { AccountCreated, TaskEnded } from '@comprimemelo/contracts/messages';
import type { PasswordReset } from '../src/templates/template.js';

export const taskId = '0193a1de-7b5c-7c3e-9d1f-2f6a0c4b8e11';
export const accountId = '0193a1de-7b5c-7c3e-9d1f-2f6a0c4b8e22';
export const publicUrl = 'https://files.example';

export const mailSecretsKey = 'k'.repeat(43);

export const resetId = '0193a1de-7b5c-7c3e-9d1f-2f6a0c4b8e33';

export const passwordReset = (changes: Partial<PasswordReset> = {}): PasswordReset => ({
  type: 'account.password-reset',
  resetId,
  recipient: { name: 'Ana', email: 'ana@example.com' },
  token: 'a-token-of-a-link',
  ...changes,
});

export const welcome = (name = 'Ana', email = 'ana@example.com'): AccountCreated => ({
  type: 'account.created',
  accountId,
  recipient: { name, email },
});

export const processed = (changes: Partial<TaskEnded> = {}): TaskEnded => ({
  type: 'task.processed',
  taskId,
  attempt: 1,
  recipient: { name: 'Ana', email: 'ana@example.com' },
  operation: 'compress',
  files: ['report.pdf'],
  resultCount: 1,
  error: null,
  ...changes,
});

export const failed = (changes: Partial<TaskEnded> = {}): TaskEnded => ({
  ...processed(),
  type: 'task.failed',
  resultCount: 0,
  error: {
    type: '/problems/archive-corrupt',
    title: 'The archive is damaged or incomplete',
    detail: 'The end is missing.',
    entry: 'inner/a.txt',
  },
  ...changes,
});
