import type { Notification, TaskEnded } from '@comprimemelo/contracts/messages';

export const taskId = '0193a1de-7b5c-7c3e-9d1f-2f6a0c4b8e11';
export const accountId = '0193a1de-7b5c-7c3e-9d1f-2f6a0c4b8e22';
export const publicUrl = 'https://files.example';

export const welcome = (name = 'Ana', email = 'ana@example.com'): Notification => ({
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
