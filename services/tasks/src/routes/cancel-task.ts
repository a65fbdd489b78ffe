import { IdParams } from '@comprimemelo/contracts/identifier';
import { isTerminal } from '@comprimemelo/contracts/states';
import { Task } from '@comprimemelo/contracts/task';
import type { Transaction } from '@comprimemelo/prisma/client/client';
import { retrying } from '@comprimemelo/prisma/client/database-errors';
import { toTask } from '@comprimemelo/prisma/lists/task-row';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, ref, secured } from '@comprimemelo/service/http/openapi';
import { messageHeaders } from '@comprimemelo/service/http/request-context';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import type { TasksDependencies } from '../dependencies.js';
import { lockTask } from '../lifecycle/lock-task.js';
import { announceCancel, announceChange } from '../outgoing/announce.js';
import { writeWebhookEvent } from '../outgoing/ended-webhook.js';
import { endedColumns } from '../reports/attempt.js';

const schema = {
  operationId: 'cancelTask',
  tags: ['Tasks'],
  summary: 'Cancel a task',
  description:
    'Stops a task that has not finished. The worker stops within two seconds; the task has no results and no ' +
    'e-mail is sent. The inputs are kept, so the task can be retried or changed later.',
  security: secured,
  params: IdParams,
  response: {
    200: { ...ref(Task), description: 'The task was cancelled' },
    ...problemResponses('invalid-request', 'unauthenticated', 'task-not-found', 'task-ended'),
  },
};

interface Wanted {
  ownerId: string;
  taskId: string;
  /** Request id and trace context for the event message. */
  headers: Record<string, string>;
}

async function cancel(tx: Transaction, { ownerId, taskId, headers }: Wanted) {
  const task = await lockTask(tx, ownerId, taskId);
  if (isTerminal(task.status)) {
    throw new ProblemError('task-ended', {
      detail: `The task has already finished: its status is \`${task.status}\`.`,
    });
  }
  const data = { status: 'cancelled' as const, ...endedColumns(new Date()) };
  const cancelled = await tx.task.update({ where: { id: task.id }, data });
  await writeWebhookEvent(tx, cancelled, 'task.cancelled', headers);
  return cancelled;
}

export function cancelTask(app: App, { db, publisher, relay }: TasksDependencies): void {
  app.post('/api/tasks/:id/cancel', { schema }, async (request) => {
    const { userId: ownerId, params } = request;
    const { id: taskId } = params;
    const wanted = { ownerId, taskId, headers: messageHeaders(request) };
    const task = await retrying(() => db.prisma.$transaction((tx) => cancel(tx, wanted)));
    relay.wake();
    const { attempt, progress } = task;
    announceCancel(publisher, { taskId, attempt });
    announceChange(publisher, { taskId, ownerId, status: 'cancelled', progress });
    return toTask(task);
  });
}
