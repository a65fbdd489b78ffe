import { ArchiveEntry, ArchiveSummary } from '@comprimemelo/contracts/archive';
import { IdParams } from '@comprimemelo/contracts/identifier';
import { Task } from '@comprimemelo/contracts/task';
import { accountExists } from '@comprimemelo/prisma/client/account-exists';
import type { App } from '@comprimemelo/service/http/http-app';
import { nextLink, pageOf, pageQuery } from '@comprimemelo/service/http/keyset-page';
import { problemResponses, ref, secured, sends } from '@comprimemelo/service/http/openapi';
import { messageHeaders } from '@comprimemelo/service/http/request-context';
import { sendCacheable } from '@comprimemelo/service/http/send-cacheable';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import Type from 'typebox';
import type { TasksDependencies } from '../dependencies.js';
import { inspectedEntries } from '../entries/inspected-entries.js';
import { startInspection } from '../entries/start-inspection.js';

const { limit, cursor } = pageQuery;

const schema = {
  operationId: 'listEntries',
  tags: ['Files'],
  summary: 'List the entries of an archive',
  description:
    'Returns the entries as the archive declares them, in archive order, one page at a time, without extracting ' +
    'anything. If the file has not been inspected yet, the response is 202 with the task that inspects it: repeat ' +
    'the request when that task has finished. If the task failed, its problem is returned. If `passwordRequired` is ' +
    'true, the entry names are encrypted: create a task with the operation `inspect` and the password. A split archive ' +
    'is inspected by a task with all of its parts: its entries are then those of the part that opens it, which is the ' +
    'first, or the `.zip` of one with `.z01`.',
  security: secured,
  params: IdParams,
  querystring: Type.Object({ limit, cursor: Type.Optional({ ...cursor, maxLength: 128 }) }),
  response: {
    200: {
      ...Type.Object({ archive: ref(ArchiveSummary), ...pageOf(ref(ArchiveEntry)).properties }),
      ...sends('ETag', 'Link'),
      description: 'A page of entries',
    },
    202: {
      ...ref(Task),
      ...sends('Location', 'Retry-After'),
      description: 'The file is being inspected by the task in `Location`',
    },
    304: {
      ...Type.Null(),
      ...sends('ETag'),
      description: 'Not modified: the client already has this page',
    },
    ...problemResponses(
      'invalid-request',
      'invalid-cursor',
      'unauthenticated',
      'file-not-found',
      'unsupported-archive',
      'archive-corrupt',
      'volumes-missing',
      'archive-too-large',
      'archive-too-demanding',
      'password-required',
      'processing-failed',
    ),
  },
};

export function listEntries(app: App, dependencies: TasksDependencies): void {
  app.get('/api/files/:id/entries', { schema }, async (request, reply) => {
    const { userId: ownerId, query, params } = request;
    const requested = { ownerId, fileId: params.id, limit: query.limit, cursor: query.cursor };
    const page = await inspectedEntries(dependencies, requested);
    if (page === null) {
      if (!(await accountExists(dependencies.db.pool, ownerId))) {
        throw new ProblemError('unauthenticated', {
          detail: 'The account was deleted. Log in with another account, or sign up.',
        });
      }
      const headers = messageHeaders(request);
      const task = await startInspection(dependencies, { ownerId, fileId: params.id, headers });
      reply.code(202).headers({ location: `/api/tasks/${task.id}`, 'retry-after': '1' });
      return task;
    }
    const { archive, entries, nextCursor } = page;
    if (nextCursor !== null) reply.header('link', nextLink(request, nextCursor));
    const rest = `"items":[${entries.join(',')}],"nextCursor":${JSON.stringify(nextCursor)}`;
    return sendCacheable(request, reply, `{"archive":${archive},${rest}}`);
  });
}
