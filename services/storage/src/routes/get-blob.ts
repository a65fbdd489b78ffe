import { type ByteRange, parseByteRange } from '@comprimemelo/service/http/byte-range';
import type { App } from '@comprimemelo/service/http/http-app';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import { BlobParams } from '../blob-params.js';
import type { BlobStore } from '../blob-store.js';
import { requirePermission } from '../permissions.js';

/** The requested range; undefined means everything. Throws `range-not-satisfiable`. */
function wantedRange(header: string | undefined, size: number): ByteRange | undefined {
  const range = header === undefined ? 'whole' : parseByteRange(header, size);
  if (range === 'unsatisfiable') {
    throw new ProblemError('range-not-satisfiable', {
      headers: { 'content-range': `bytes */${size}` },
    });
  }
  return range === 'whole' ? undefined : range;
}

/** GET and HEAD /blobs/<key>: all of it, or with GET one range (RFC 9110, section 14.2). */
export function getBlob(app: App, store: BlobStore): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: '/blobs/*',
    schema: { params: BlobParams },
    handler: async (request, reply) => {
      const key = request.params['*'];
      requirePermission(request.caller, 'get', key);
      const blob = await store.open(key);
      if (blob === undefined) throw new ProblemError('blob-not-found');
      try {
        const asked = request.method === 'GET' ? request.headers.range : undefined;
        const range = wantedRange(asked, blob.size);
        const length = range ? range.end - range.start + 1 : blob.size;
        reply
          .type('application/octet-stream')
          .header('accept-ranges', 'bytes')
          .header('last-modified', blob.modifiedAt.toUTCString())
          .header('content-length', length);
        if (range) {
          reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${blob.size}`);
        }
        if (request.method === 'GET' && length > 0) return reply.send(blob.read(range));
        await blob.close();
        return reply.send();
      } catch (error) {
        await blob.close();
        throw error;
      }
    },
  });
}
