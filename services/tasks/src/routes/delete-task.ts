import { IdParams } from '@comprimemelo/contracts/identifier';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, secured } from '@comprimemelo/service/http/openapi';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import Type from 'typebox';
import type { TasksDependencies } from '../dependencies.js';
import { removeTasks } from '../lifecycle/remove-tasks.js';

const schema = {
  operationId: 'deleteTask',
  tags: ['Tasks'],
  summary: 'Delete a task',
  description:
    'Deletes the task together with its uploaded inputs and its results. If it has not finished, it is cancelled first.',
  security: secured,
  params: IdParams,
  response: {
    204: { ...Type.Null(), description: 'The task was deleted' },
    ...problemResponses('invalid-request', 'unauthenticated', 'task-not-found', 'file-in-use'),
  },
};

export function deleteTask(app: App, dependencies: TasksDependencies): void {
  app.delete('/api/tasks/:id', { schema }, async (request, reply) => {
    const removed = await removeTasks(dependencies, request.userId, [request.params.id]);
    if (removed === 0) throw new ProblemError('task-not-found');
    return reply.code(204).send(null);
  });
}
