import { IdParams } from '@comprimemelo/contracts/identifier';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, secured, sends } from '@comprimemelo/service/http/openapi';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import Type from 'typebox';
import type { TasksDependencies } from '../dependencies.js';
import { ownedTask } from '../lifecycle/owned-task.js';

const schema = {
  operationId: 'getResult',
  tags: ['Tasks'],
  summary: "Download a task's only result",
  description:
    'Redirects to the content of the result. `curl -LOJ` follows the redirect and saves the file under its own name.',
  security: secured,
  params: IdParams,
  response: {
    303: {
      ...Type.Null(),
      ...sends('Location'),
      description: 'Redirect to the content of the result',
    },
    ...problemResponses(
      'invalid-request',
      'unauthenticated',
      'task-not-found',
      'file-not-found',
      'not-processed',
      'several-results',
    ),
  },
};

export function getResult(app: App, { db }: TasksDependencies): void {
  app.get('/api/tasks/:id/result', { schema }, async (request, reply) => {
    const task = await ownedTask(db, request.userId, request.params.id);
    if (task.status !== 'processed') {
      throw new ProblemError('not-processed', {
        detail: `The status of the task is \`${task.status}\`, not \`processed\`.`,
      });
    }
    if (task.resultCount > 1) throw new ProblemError('several-results');
    const [result] = task.results;
    if (result === undefined) throw new ProblemError('file-not-found');
    return reply.redirect(`/api/files/${result.id}/content`, 303);
  });
}
