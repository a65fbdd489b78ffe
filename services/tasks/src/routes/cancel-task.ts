import { IdParams } from '@comprimemelo/contracts/identifier';
import { isTerminal } from '@comprimemelo/contracts/states';
import { Task } from '@comprimemelo/contracts/task';
import type { Transaction } from '@comprimemelo/prisma/client';
import { retrying } from '@comprimemelo/prisma/database-errors';
import { toTask } from '@comprimemelo/prisma/task-row';
import type { App } from '@comprimemelo/service/http-app';
import { problemResponses, ref, secured } from '@comprimemelo/service/openapi';
import { ProblemError } from '@comprimemelo/service/problem-error';
import type { TasksDependencies } from '../app.js';
import { lockTask } from '../lock-task.js';
import { announceCancel, announceChange, endedColumns } from '../task-event.js';

const schema = {
  operationId: 'cancelTask',
  tags: ['Tasks'],
  summary: 'Cancel a task',
  description:
    'Ends a task that has not ended: nothing comes of it, and no e-mail tells of it. The work stops within ' +
    'two seconds. The inputs stay, so that the task can be tried again or changed.',
  security: secured,
  params: IdParams,
  response: {
    200: { ...ref(Task), description: 'The task is cancelled' },
    ...problemResponses('invalid-request', 'unauthenticated', 'task-not-found', 'task-ended'),
  },
};

async function cancel(tx: Transaction, ownerId: string, taskId: string) {
  const task = await lockTask(tx, ownerId, taskId);
  if (isTerminal(task.status)) {
    throw new ProblemError('task-ended', { detail: `The task is ${task.status}.` });
  }
  const data = { status: 'cancelled' as const, ...endedColumns(new Date()) };
  return tx.task.update({ where: { id: task.id }, data });
}

export function cancelTask(app: App, { db, publisher }: TasksDependencies): void {
  app.post('/api/tasks/:id/cancel', { schema }, async ({ userId: ownerId, params }) => {
    const { id: taskId } = params;
    const task = await retrying(() => db.prisma.$transaction((tx) => cancel(tx, ownerId, taskId)));
    const { attempt, progress } = task;
    announceCancel(publisher, { taskId, attempt });
    announceChange(publisher, { taskId, ownerId, status: 'cancelled', progress });
    return toTask(task);
  });
}
