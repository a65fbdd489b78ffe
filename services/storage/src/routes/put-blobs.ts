import { StoredBatch } from '@comprimemelo/contracts/blob-batch';
import type { App } from '@comprimemelo/service/http/http-app';
import { readBatch } from '../batch-reader.js';
import type { BlobStore } from '../blob-store.js';
import { requirePermission } from '../permissions.js';

/** POST /blobs: stores many small blobs in the format of contracts/blob-batch. 201 means that all are durable. */
export function putBlobs(app: App, store: BlobStore, maxBytes: number): void {
  app.post('/blobs', { schema: { response: { 201: StoredBatch } } }, async (request, reply) => {
    const mayPut = (key: string) => requirePermission(request.caller, 'put', key);
    try {
      const items = await store.putMany(readBatch(request.raw, maxBytes, mayPut));
      return await reply.code(201).send({ items });
    } catch (error) {
      // The caller is still sending; discard the rest so that it can read the response.
      request.raw.resume();
      throw error;
    }
  });
}
