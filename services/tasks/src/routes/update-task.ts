import { IdParams } from '@comprimemelo/contracts/identifier';
import { Task } from '@comprimemelo/contracts/task';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, ref, secured, sends } from '@comprimemelo/service/http/openapi';
import { messageHeaders } from '@comprimemelo/service/http/request-context';
import { unseal } from '@comprimemelo/service/identity/sealed-box';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import Type from 'typebox';
import type { TasksDependencies } from '../dependencies.js';
import { runAgain } from '../lifecycle/run-again.js';
import { changedAlone, changedOptions } from '../request/options-schema.js';
import { planChange } from '../request/plan-change.js';
import { requestedWork } from '../request/task-body.js';
import { readTaskFields } from '../request/task-fields.js';

const schema = {
  operationId: 'updateTask',
  tags: ['Tasks'],
  summary: 'Change a task and run it again',
  description:
    'Changes `format`, `operation` or `options` and runs the task again from its stored inputs, as a new attempt. Its ' +
    'previous results are deleted. Fields that you omit keep their values. Passwords are not kept after a task ' +
    'finishes: if the task had one, send it again, or send null to run without a password.',
  security: secured,
  params: IdParams,
  body: Type.Object(
    {
      ...requestedWork,
      ...changedAlone,
      options: Type.Optional(Type.Unsafe<unknown>(changedOptions)),
    },
    { minProperties: 1 },
  ),
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
      'input-deleted',
      'file-in-use',
      'unsupported-media-type',
      'unsupported-format',
      'single-file-format',
      'unsupported-option',
      'unsupported-encoding',
      'unusable-name',
      'password-required',
    ),
  },
};

export function updateTask(app: App, dependencies: TasksDependencies): void {
  const { secretsKey } = dependencies;
  app.patch('/api/tasks/:id', { schema }, async (request, reply) => {
    const task = await runAgain(dependencies, {
      ownerId: request.userId,
      taskId: request.params.id,
      headers: messageHeaders(request),
      plan(former, names) {
        if (former.status === 'processing') throw new ProblemError('task-busy');
        const { operation, format, hasPassword, sealedPassword: sealed } = former;
        const password = sealed === null ? undefined : unseal(sealed, secretsKey);
        const options = JSON.parse(former.options);
        const work = { operation, format, options, hasPassword, password };
        return planChange(work, readTaskFields(request.body), names);
      },
    });
    reply.code(202).headers({ location: `/api/tasks/${task.id}`, 'retry-after': '1' });
    return task;
  });
}
