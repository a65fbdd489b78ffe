import type { App } from '@comprimemelo/service/http/http-app';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import Type from 'typebox';
import { BlobParams } from '../blob-params.js';
import type { BlobStore } from '../blob-store.js';
import { requirePermission } from '../permissions.js';

const Stored = Type.Object({ size: Type.Integer(), sha256: Type.String() });

/** PUT /blobs/<key>: stores the raw body. 201 means that it is durable and hashed. */
export function putBlob(app: App, store: BlobStore, maxBytes: number): void {
  const schema = { params: BlobParams, response: { 201: Stored } };
  app.put('/blobs/*', { schema }, async (request, reply) => {
    const key = request.params['*'];
    requirePermission(request.caller, 'put', key);
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
      throw new ProblemError('upload-too-large');
    }
    try {
      const stored = await store.put(key, request.raw);
      return await reply.code(201).send(stored);
    } catch (error) {
      // The caller is still sending; discard the rest so that it can read the response.
      request.raw.resume();
      throw error;
    }
  });
}
