import { accountExists } from '@comprimemelo/prisma/client/account-exists';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, secured } from '@comprimemelo/service/http/openapi';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import type { FastifyReply } from 'fastify';
import Type from 'typebox';
import { AllTasksWatch } from '../watch/all-tasks.js';
import { openStream, type StreamDependencies } from '../watch/open-stream.js';

const schema = {
  operationId: 'watchTasks',
  tags: ['Tasks'],
  summary: 'Stream the progress of all tasks',
  description:
    'Server-Sent Events for all your tasks. The stream starts with one `task` event for each task that is unfinished ' +
    'or has changed within the last minute, followed by `ready`. After that, each change, including each new task, ' +
    'is a `task` event, and each deletion is a `deleted` event. `resync` means that more tasks have changed than the ' +
    'stream reports one by one (1,000): list your tasks instead. After 15 seconds without an event, a comment is sent ' +
    'to keep the stream alive. The stream can end at any time, for example when the access token expires: reconnect ' +
    'with the last `id` as `Last-Event-ID` to receive every task that has changed since. Some events may be repeated. ' +
    'Deletions that happened while you were disconnected are not reported.',
  security: secured,
  headers: Type.Object({
    'last-event-id': Type.Optional(
      Type.String({
        pattern: '^[0-9]{1,15}$',
        description: 'The last `id` that you received. Events without an `id` do not change it',
        examples: ['1769860800000'],
      }),
    ),
  }),
  response: {
    200: {
      description: 'An endless stream of events; the schema describes their `data`',
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
      throw new ProblemError('unauthenticated', {
        detail: 'The account was deleted. Log in with another account, or sign up.',
      });
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
