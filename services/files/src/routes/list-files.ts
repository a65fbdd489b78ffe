import { File } from '@comprimemelo/contracts/file';
import { Id } from '@comprimemelo/contracts/identifier';
import { fileKinds } from '@comprimemelo/contracts/states';
import { listFiles as selectFiles } from '@comprimemelo/prisma/lists/file-list';
import { toFile } from '@comprimemelo/prisma/lists/file-row';
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
import type { FilesDependencies } from '../dependencies.js';

const schema = {
  operationId: 'listFiles',
  tags: ['Files'],
  summary: 'List files',
  description:
    'Returns uploads and results, newest first by default. `task` selects the inputs and results of one task; add ' +
    '`kind=result` to get its results only. `name` selects files with exactly that name.',
  security: secured,
  querystring: Type.Object({
    ...pageQuery,
    kind: Type.Optional(Type.Enum(fileKinds)),
    task: Type.Optional(Id),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
  }),
  response: {
    200: { ...pageOf(ref(File)), ...sends('ETag', 'Link'), description: 'A page of files' },
    304: {
      ...Type.Null(),
      ...sends('ETag'),
      description: 'Not modified: the client already has this page',
    },
    ...problemResponses('invalid-request', 'invalid-cursor', 'unauthenticated'),
  },
};

export function listFiles(app: App, { db }: FilesDependencies): void {
  app.get('/api/files', { schema }, async (request, reply) => {
    const { cursor, ...query } = request.query;
    const after = readCursor(cursor);
    const { rows, next } = await selectFiles(db.pool, {
      ownerId: request.userId,
      ...query,
      ...(after === undefined ? {} : { after }),
    });
    const nextCursor = writeCursor(next);
    if (nextCursor !== null) reply.header('link', nextLink(request, nextCursor));
    return sendCacheable(request, reply, JSON.stringify({ items: rows.map(toFile), nextCursor }));
  });
}
