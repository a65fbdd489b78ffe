import { accountExists } from '@comprimemelo/prisma/client/account-exists';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, secured } from '@comprimemelo/service/http/openapi';
import { ProblemError } from '@comprimemelo/service/http/problem-error';
import type { FastifyReply } from 'fastify';
import Type from 'typebox';
import { AllTasksWatch } from '../watch/all-tasks.js';
import { openStream, type StreamDependencies } from '../watch/open-stream.js';

const schema = {
  operationId: 'watchTasks',
  tags: ['Tasks'],
  summary: 'Watch all tasks',
  description:
    'Server-Sent Events of all your tasks. At first `task` tells each that has not ended or has changed within ' +
    'the last minute, and `ready` follows; from then on each change, also of new tasks, is a `task`, and each ' +
    'deletion a `deleted`. `resync` says that more has changed than is told one by one (1,000 tasks): list ' +
    'them. A comment after 15 seconds of silence shows that the stream lives. It may end at any time, as when ' +
    'the access token expires: come back with the last `id` as `Last-Event-ID`, and you are told of each task ' +
    'that has changed since, of some perhaps once more. What was deleted meanwhile is not told.',
  security: secured,
  headers: Type.Object({
    'last-event-id': Type.Optional(
      Type.String({
        pattern: '^[0-9]{1,15}$',
        description: 'The last `id` that you have; events without one keep the one before',
        examples: ['1769860800000'],
      }),
    ),
  }),
  response: {
    200: {
      description: 'Events without an end; the schema is that of their `data`',
      content: {
        'text/event-stream': {
          schema: {
            anyOf: [{ $ref: 'TaskState#' }, { $ref: 'TaskDeleted#' }, { $ref: 'StreamMark#' }],
          },
        },
      },
    },
    ...problemResponses('invalid-request', 'unauthenticated', 'too-many-streams', 'unavailable'),
  },
};

export function watchTasks(app: App, dependencies: StreamDependencies): void {
  const { db, changes } = dependencies;
  app.get('/api/tasks/events', { schema }, async (request, reply) => {
    const { userId: ownerId, headers } = request;
    if (!(await accountExists(db.pool, ownerId))) {
      throw new ProblemError('unauthenticated', { detail: 'The account is gone.' });
    }
    const last = headers['last-event-id'];
    const from = last === undefined ? undefined : Number(last);
    const { poll, noteChange } = new AllTasksWatch(db, {
      ownerId,
      from,
      trust: () => changes.trust,
    });
    return openStream(request, reply as unknown as FastifyReply, dependencies, {
      subject: ownerId,
      poll,
      onChange: noteChange,
    });
  });
}
