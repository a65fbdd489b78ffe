import { IdParams } from '@comprimemelo/contracts/identifier';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, secured } from '@comprimemelo/service/http/openapi';
import { messageHeaders } from '@comprimemelo/service/http/request-context';
import { deleteBlobs } from '@comprimemelo/storage-client/delete-blobs';
import Type from 'typebox';
import type { FilesDependencies } from '../dependencies.js';
import { removeFile } from '../remove-file.js';

const schema = {
  operationId: 'deleteFile',
  tags: ['Files'],
  summary: 'Delete a file',
  description: 'A file cannot be deleted while an unfinished task needs it as an input.',
  security: secured,
  params: IdParams,
  response: {
    204: { ...Type.Null(), description: 'The file was deleted' },
    ...problemResponses('invalid-request', 'unauthenticated', 'file-not-found', 'file-in-use'),
  },
};

export function deleteFile(app: App, { db, storage }: FilesDependencies): void {
  app.delete('/api/files/:id', { schema }, async (request, reply) => {
    const blobKeys = await removeFile(db, {
      id: request.params.id,
      ownerId: request.userId,
      headers: messageHeaders(request),
    });
    await deleteBlobs(storage, blobKeys);
    return reply.code(204).send(null);
  });
}
