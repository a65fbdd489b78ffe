import { operations, taskStatuses } from '@comprimemelo/contracts/states';
import { Task } from '@comprimemelo/contracts/task';
import { listTasks as selectTasks } from '@comprimemelo/prisma/lists/task-list';
import { taskJson } from '@comprimemelo/prisma/lists/task-row';
import type { App } from '@comprimemelo/service/http/http-app';
import {
  nextLink,
  pageOf,
  pageQuery,
  readCursor,
  writeCursor,
} from '@comprimemelo/service/http/keyset-page';
import { problemResponses, ref, secured, sends } from '@comprimemelo/service/http/openapi';
import { sendCacheable } from '@comprimemelo/service/http/send-cacheable';
import Type from 'typebox';
import type { TasksDependencies } from '../dependencies.js';

const schema = {
  operationId: 'listTasks',
  tags: ['Tasks'],
  summary: 'List tasks',
  description:
    'Returns one page of your tasks, newest first by default. Follow `nextCursor` or the `Link` header to the next page.',
  security: secured,
  querystring: Type.Object({
    ...pageQuery,
    status: Type.Optional(Type.Enum(taskStatuses)),
    operation: Type.Optional(Type.Enum(operations)),
  }),
  response: {
    200: { ...pageOf(ref(Task)), ...sends('ETag', 'Link'), description: 'A page of tasks' },
    304: {
      ...Type.Null(),
      ...sends('ETag'),
      description: 'Not modified: the client already has this page',
    },
    ...problemResponses('invalid-request', 'invalid-cursor', 'unauthenticated'),
  },
};

export function listTasks(app: App, { db }: TasksDependencies): void {
  app.get('/api/tasks', { schema }, async (request, reply) => {
    const { cursor, ...query } = request.query;
    const after = readCursor(cursor);
    const { rows, next } = await selectTasks(db.pool, {
      ownerId: request.userId,
      ...query,
      ...(after === undefined ? {} : { after }),
    });
    const nextCursor = writeCursor(next);
    if (nextCursor !== null) reply.header('link', nextLink(request, nextCursor));
    const items = rows.map(taskJson).join(',');
    const json = `{"items":[${items}],"nextCursor":${JSON.stringify(nextCursor)}}`;
    return sendCacheable(request, reply, json);
  });
}
