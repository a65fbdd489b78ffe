import { IdParams } from '@comprimemelo/contracts/identifier';
import { isTerminal } from '@comprimemelo/contracts/states';
import { getTaskState } from '@comprimemelo/prisma/lists/task-state';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, secured } from '@comprimemelo/service/http/openapi';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import type { FastifyReply } from 'fastify';
import Type from 'typebox';
import { OneTaskWatch } from '../watch/one-task.js';
import { openStream, type StreamDependencies } from '../watch/open-stream.js';
import { stateId } from '../watch/task-events.js';

const schema = {
  operationId: 'watchTask',
  tags: ['Tasks'],
  summary: 'Stream the progress of a task',
  description:
    'Server-Sent Events. A `task` event carries the state of the task: one is sent immediately, one on each change, ' +
    'and about one a second while a worker processes the task. The last event is the final state, or `deleted`. ' +
    '`progress` never decreases within an attempt. After 15 seconds without an event, a comment is sent to keep the ' +
    'stream alive. The stream can end at any time, for example when the access token expires: reconnect with the ' +
    'last `id` as `Last-Event-ID` to receive what has changed since; 204 means that the task has finished and ' +
    'nothing more will follow.',
  security: secured,
  params: IdParams,
  headers: Type.Object({
    'last-event-id': Type.Optional(
      Type.String({
        description: 'The `id` of the last event that you received',
        examples: ['1-processing-40-0'],
      }),
    ),
  }),
  response: {
    200: {
      description: 'Events until the task finishes; the schema describes their `data`',
      content: {
        'text/event-stream': {
          schema: { anyOf: [{ $ref: 'TaskState#' }, { $ref: 'TaskDeleted#' }] },
        },
      },
    },
    204: {
      ...Type.Null(),
      description: 'The task has finished, and you already received its final state',
    },
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
