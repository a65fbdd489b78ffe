import { BlobDeletion } from '@comprimemelo/contracts/blob-batch';
import type { App } from '@comprimemelo/service/http/http-app';
import type { BlobStore } from '../blob-store.js';
import { requirePermission } from '../permissions.js';

/** POST /blobs/delete: 204, even if some or all of the blobs do not exist. */
export function deleteBlobs(app: App, store: BlobStore): void {
  app.register(async (scope: App) => {
    const parse = scope.getDefaultJsonParser('error', 'error');
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, parse);
    scope.post('/blobs/delete', { schema: { body: BlobDeletion } }, async (request, reply) => {
      const { keys } = request.body;
      for (const key of keys) requirePermission(request.caller, 'delete', key);
      await store.delete(keys);
      return reply.code(204).send();
    });
  });
}
