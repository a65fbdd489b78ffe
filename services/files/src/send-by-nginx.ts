import { timingSafeEqual } from 'node:crypto';
import type { ByteRange } from '@comprimemelo/service/http/byte-range';
import type { FastifyReply, FastifyRequest } from 'fastify';

export interface SentBlob {
  blobKey: string;
  range: ByteRange | undefined;
  /** Headers that describe the content. */
  headers: Record<string, string>;
}

/** With this key nginx proves its identity to this service, in case others can reach our port. */
export interface Carriage {
  downloadKey: string | undefined;
  /** The Authorization header that lets nginx fetch from storage on our behalf. */
  storageIdentity: () => string;
}

function sameKey(given: unknown, key: string | undefined): boolean {
  if (typeof given !== 'string' || key === undefined || given.length !== key.length) return false;
  return timingSafeEqual(Buffer.from(given), Buffer.from(key));
}

/** True if nginx in front of us offers to serve the bytes, from its disk or from storage. */
export function hasCarrier({ headers }: FastifyRequest, { downloadKey }: Carriage): boolean {
  const via = headers['x-download-via'];
  return (via === 'disk' || via === 'storage') && sameKey(headers['x-download-key'], downloadKey);
}

/**
 * Lets nginx serve the bytes: `X-Accel-Redirect` names an internal location that no client can reach. From its own
 * disk nginx handles the range itself; to storage it forwards the range and our identity.
 */
export function sendByNginx(
  request: FastifyRequest,
  reply: FastifyReply,
  { blobKey, range, headers }: SentBlob,
  { storageIdentity }: Carriage,
): FastifyReply {
  reply.headers(headers);
  if (request.headers['x-download-via'] === 'disk') {
    // nginx sets this header itself for a file.
    reply.removeHeader('accept-ranges');
    return reply.header('x-accel-redirect', `/_disk/${blobKey}`).send();
  }
  reply.header('x-storage-authorization', storageIdentity());
  if (range !== undefined) {
    reply.header('x-storage-range', `bytes=${range.start}-${range.end}`);
  }
  return reply.header('x-accel-redirect', `/_storage/${blobKey}`).send();
}
