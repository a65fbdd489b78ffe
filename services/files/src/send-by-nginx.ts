import type { ByteRange } from '@comprimemelo/service/byte-range';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Where nginx takes a blob from: its own disk, or the storage service. */
type Carrier = 'disk' | 'storage';

function carrier(request: FastifyRequest): Carrier | undefined {
  const via = request.headers['x-download-via'];
  return via === 'disk' || via === 'storage' ? via : undefined;
}

/** True when nginx in front offers to carry the bytes. It sets the header itself on every request. */
export const hasCarrier = (request: FastifyRequest): boolean => carrier(request) !== undefined;

/**
 * Leaves the bytes to nginx: `X-Accel-Redirect` names an internal location that no client can reach. From
 * its disk nginx answers the range by itself; to storage it passes on the range and our identity.
 */
export function sendByNginx(
  request: FastifyRequest,
  reply: FastifyReply,
  blob: { blobKey: string; range: ByteRange | undefined },
  { storageIdentity }: { storageIdentity: () => string },
): FastifyReply {
  if (carrier(request) === 'disk') {
    // nginx says so itself for a file.
    reply.removeHeader('accept-ranges');
    return reply.header('x-accel-redirect', `/_disk/${blob.blobKey}`).send();
  }
  reply.header('x-storage-authorization', storageIdentity());
  if (blob.range !== undefined) {
    reply.header('x-storage-range', `bytes=${blob.range.start}-${blob.range.end}`);
  }
  return reply.header('x-accel-redirect', `/_storage/${blob.blobKey}`).send();
}
