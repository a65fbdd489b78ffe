import { IdParams } from '@comprimemelo/contracts/identifier';
import type { FileDeleted } from '@comprimemelo/contracts/messages';
import { exchanges } from '@comprimemelo/contracts/queues';
import { fromBytes, toBytes } from '@comprimemelo/prisma/identifiers';
import { outboxMessage } from '@comprimemelo/prisma/outbox';
import type { App } from '@comprimemelo/service/http-app';
import { problemResponses, secured } from '@comprimemelo/service/openapi';
import { ProblemError } from '@comprimemelo/service/problem-error';
import { messageHeaders } from '@comprimemelo/service/request-context';
import { deleteBlobs } from '@comprimemelo/storage-client/delete-blobs';
import Type from 'typebox';
import type { FilesDependencies } from '../app.js';

const schema = {
  operationId: 'deleteFile',
  tags: ['Files'],
  summary: 'Delete a file',
  description: 'A file that a task is still reading cannot be deleted.',
  security: secured,
  params: IdParams,
  response: {
    204: { ...Type.Null(), description: 'The file is gone' },
    ...problemResponses('invalid-request', 'unauthenticated', 'file-not-found', 'file-in-use'),
  },
};

export function deleteFile(app: App, { db, storage }: FilesDependencies): void {
  app.delete('/api/files/:id', { schema }, async (request, reply) => {
    const id = toBytes(request.params.id);
    const ownerId = toBytes(request.userId);
    const blobKey = await db.prisma.$transaction(async (tx) => {
      const file = await tx.file.findFirst({ where: { id, ownerId } });
      if (file === null) throw new ProblemError('file-not-found');
      const readers = { task: { status: { in: ['uploaded' as const, 'processing' as const] } } };
      const busy = await tx.taskInput.count({ where: { fileId: id, ...readers } });
      if (busy > 0) throw new ProblemError('file-in-use');
      await tx.taskInput.deleteMany({ where: { fileId: id } });
      await tx.file.delete({ where: { id } });
      if (file.taskId !== null) {
        const body: FileDeleted = {
          type: 'file.deleted',
          fileId: request.params.id,
          taskId: fromBytes(file.taskId),
        };
        const to = { exchange: exchanges.notifications, routingKey: body.type };
        const message = outboxMessage({ ...to, body, headers: messageHeaders(request) });
        await tx.outboxMessage.create({ data: message });
      }
      return file.blobKey;
    });
    await deleteBlobs(storage, [blobKey]);
    return reply.code(204).send(null);
  });
}
