import type { App } from '@comprimemelo/service/http/http-app';
import { BlobParams } from '../blob-params.js';
import type { BlobStore } from '../blob-store.js';
import { requirePermission } from '../permissions.js';

/** DELETE /blobs/<key>: 204, even if there is no such blob, so that it can be repeated. */
export function deleteBlob(app: App, store: BlobStore): void {
  app.delete('/blobs/*', { schema: { params: BlobParams } }, async (request, reply) => {
    const key = request.params['*'];
    requirePermission(request.caller, 'delete', key);
    await store.delete([key]);
    return reply.code(204).send();
  });
}
