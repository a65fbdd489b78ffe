import { blobAreas, blobKeyPattern } from '@comprimemelo/contracts/blob-keys';
import type { App } from '@comprimemelo/service/http/http-app';
import Type from 'typebox';
import type { BlobStore } from '../blob-store.js';
import { requirePermission } from '../permissions.js';

const ListQuery = Type.Object({
  area: Type.Enum(blobAreas),
  after: Type.Optional(Type.String({ pattern: blobKeyPattern })),
  limit: Type.Integer({ minimum: 1, maximum: 1_000, default: 1_000 }),
});

/** GET /blobs: lists an area page by page, ordered by key; `nextAfter` is null on the last page. */
export function listBlobs(app: App, store: BlobStore): void {
  app.get('/blobs', { schema: { querystring: ListQuery } }, async (request) => {
    const { limit, ...where } = request.query;
    requirePermission(request.caller, 'list', where.area);
    const found = await store.list({ ...where, limit: limit + 1 });
    const items = found.slice(0, limit);
    return { items, nextAfter: found.length > limit ? (items.at(-1)?.key ?? null) : null };
  });
}
