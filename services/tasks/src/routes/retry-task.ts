import { IdParams } from '@comprimemelo/contracts/identifier';
import { isTerminal } from '@comprimemelo/contracts/states';
import { Task } from '@comprimemelo/contracts/task';
import type { Task as StoredTask } from '@comprimemelo/prisma/generated/client';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, ref, secured, sends } from '@comprimemelo/service/http/openapi';
import { messageHeaders } from '@comprimemelo/service/http/request-context';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import Type from 'typebox';
import type { TasksDependencies } from '../dependencies.js';
import { runAgain } from '../lifecycle/run-again.js';
import { RequestedPassword } from '../request/options-schema.js';
import { planTask } from '../request/plan-task.js';

// No `type`, because the body is optional.
const body = Type.Unsafe<{ password?: string } | undefined>({
  properties: { password: RequestedPassword },
});

const schema = {
  operationId: 'retryTask',
  tags: ['Tasks'],
  summary: 'Retry a task',
  description:
    'Runs a failed or cancelled task again, unchanged, as a new attempt. The body is optional. Passwords are not ' +
    'kept after a task finishes, so if the task had one, send it again.',
  security: secured,
  params: IdParams,
  body,
  response: {
    202: {
      ...ref(Task),
      ...sends('Location', 'Retry-After'),
      description: 'A new attempt was accepted',
    },
    ...problemResponses(
      'invalid-request',
      'unauthenticated',
      'task-not-found',
      'task-busy',
      'task-not-failed',
      'input-deleted',
      'unsupported-media-type',
      'unsupported-option',
      'password-required',
    ),
  },
};

function refuseState({ status, hasPassword }: StoredTask, password: string | undefined): void {
  if (!isTerminal(status)) throw new ProblemError('task-busy');
  if (status === 'processed') throw new ProblemError('task-not-failed');
  if (!hasPassword || password !== undefined) return;
  throw new ProblemError('password-required', {
    detail: 'The task had a password, which was not kept. Send it again as `password`.',
    errors: [{ pointer: '/password', detail: '`password` is missing.' }],
  });
}

export function retryTask(app: App, dependencies: TasksDependencies): void {
  app.post('/api/tasks/:id/retry', { schema }, async (request, reply) => {
    const password = request.body?.password;
    const task = await runAgain(dependencies, {
      ownerId: request.userId,
      taskId: request.params.id,
      headers: messageHeaders(request),
      plan(former, names) {
        refuseState(former, password);
        const { operation, format } = former;
        const options = { ...JSON.parse(former.options), password };
        return planTask({ operation, format: format ?? undefined, options }, names);
      },
    });
    reply.code(202).headers({ location: `/api/tasks/${task.id}`, 'retry-after': '1' });
    return task;
  });
}
