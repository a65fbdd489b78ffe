import { IdParams } from '@comprimemelo/contracts/identifier';
import { limits } from '@comprimemelo/contracts/limits';
import { isTerminal } from '@comprimemelo/contracts/states';
import { Task } from '@comprimemelo/contracts/task';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, ref, secured, sends } from '@comprimemelo/service/http/openapi';
import { sendCacheable } from '@comprimemelo/service/http/send-cacheable';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { TasksDependencies } from '../dependencies.js';
import { ownedTask } from '../lifecycle/owned-task.js';
import { preferredWait } from '../request/preferred-wait.js';

const schema = {
  operationId: 'getTask',
  tags: ['Tasks'],
  summary: 'Get a task',
  description:
    'With `wait` (or the header `Prefer: wait=<seconds>`), the response is sent when the task finishes or when that time has passed, whichever comes first.',
  security: secured,
  params: IdParams,
  querystring: Type.Object({
    wait: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: limits.maxWaitSeconds,
        description: 'How long to wait for the task to finish, in seconds',
      }),
    ),
  }),
  headers: Type.Object({
    prefer: Type.Optional(
      Type.String({ description: '`wait=<seconds>` (RFC 7240)', examples: ['wait=30'] }),
    ),
  }),
  response: {
    200: { ...ref(Task), ...sends('ETag'), description: 'The task' },
    304: {
      ...Type.Null(),
      ...sends('ETag'),
      description: 'Not modified: the client already has this state',
    },
    ...problemResponses('invalid-request', 'unauthenticated', 'task-not-found'),
  },
};

export function getTask(app: App, { db, changes }: TasksDependencies): void {
  /** The task as soon as it has finished, or as it is after `milliseconds`. */
  async function endedTask(request: FastifyRequest, id: string, milliseconds: number) {
    const deadline = Date.now() + milliseconds;
    for (;;) {
      // Start listening before the read, so that no change is missed in between.
      const changed = changes.next(id, deadline - Date.now());
      const task = await ownedTask(db, request.userId, id);
      const over = Date.now() >= deadline || request.socket.destroyed || changes.stopped;
      if (isTerminal(task.status) || over) return task;
      await changed;
    }
  }

  app.get('/api/tasks/:id', { schema }, async (request, reply) => {
    const { id } = request.params;
    const wait = request.query.wait ?? preferredWait(request.headers.prefer);
    const task =
      wait > 0
        ? await endedTask(request, id, wait * 1_000)
        : await ownedTask(db, request.userId, id);
    return sendCacheable(request, reply, JSON.stringify(task));
  });
}
