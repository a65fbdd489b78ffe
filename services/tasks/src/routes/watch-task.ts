import { IdParams } from '@comprimemelo/contracts/identifier';
import { isTerminal } from '@comprimemelo/contracts/states';
import { getTaskState } from '@comprimemelo/prisma/lists/task-state';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, secured } from '@comprimemelo/service/http/openapi';
import { ProblemError } from '@comprimemelo/service/http/problem-error';
import type { FastifyReply } from 'fastify';
import Type from 'typebox';
import { OneTaskWatch } from '../watch/one-task.js';
import { openStream, type StreamDependencies } from '../watch/open-stream.js';
import { stateId } from '../watch/task-events.js';

const schema = {
  operationId: 'watchTask',
  tags: ['Tasks'],
  summary: 'Watch a task',
  description:
    'Server-Sent Events: `task` tells the state at once, with each change, and about once a second while a ' +
    'worker has the task; the end is the last of them, or `deleted`. Percent never falls within an attempt. A ' +
    'comment after 15 seconds of silence shows that the stream lives. It may end at any time, as when the ' +
    'access token expires: come back with the last `id` as `Last-Event-ID`, and you are told what is otherwise ' +
    'since; 204 says that nothing will be.',
  security: secured,
  params: IdParams,
  headers: Type.Object({
    'last-event-id': Type.Optional(
      Type.String({
        description: 'The `id` of the last event that you have',
        examples: ['1-processing-40-0'],
      }),
    ),
  }),
  response: {
    200: {
      description: 'Events, until the task ends; the schema is that of their `data`',
      content: {
        'text/event-stream': {
          schema: { anyOf: [{ $ref: 'TaskState#' }, { $ref: 'TaskDeleted#' }] },
        },
      },
    },
    204: { ...Type.Null(), description: 'The task has ended, as you have been told' },
    ...problemResponses(
      'invalid-request',
      'unauthenticated',
      'task-not-found',
      'too-many-streams',
      'unavailable',
    ),
  },
};

export function watchTask(app: App, dependencies: StreamDependencies): void {
  const { db } = dependencies;
  app.get('/api/tasks/:id/events', { schema }, async (request, reply) => {
    const { userId: ownerId, headers } = request;
    const taskId = request.params.id;
    const seen = headers['last-event-id'];
    const state = await getTaskState(db.pool, ownerId, taskId);
    if (state === undefined) throw new ProblemError('task-not-found');
    if (isTerminal(state.status) && stateId(state) === seen) return reply.code(204).send(null);
    const { poll, noteChange } = new OneTaskWatch(db, { ownerId, taskId, seen });
    return openStream(request, reply as unknown as FastifyReply, dependencies, {
      subject: taskId,
      poll,
      onChange: noteChange,
    });
  });
}
