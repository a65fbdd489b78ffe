import { timingSafeEqual } from 'node:crypto';
import type { ByteRange } from '@comprimemelo/service/http/byte-range';
import type { FastifyReply, FastifyRequest } from 'fastify';

export interface SentBlob {
  blobKey: string;
  range: ByteRange | undefined;
  /** What is said of the content. */
  headers: Record<string, string>;
}

/** Nginx proves by this key that it is nginx who asks, and not somebody who reaches our port. */
export interface Carriage {
  downloadKey: string | undefined;
  /** The Authorization header by which nginx fetches from storage in our name. */
  storageIdentity: () => string;
}

function sameKey(given: unknown, key: string | undefined): boolean {
  if (typeof given !== 'string' || key === undefined || given.length !== key.length) return false;
  return timingSafeEqual(Buffer.from(given), Buffer.from(key));
}

/** True when nginx in front offers to carry the bytes, from its disk or from storage. */
export function hasCarrier({ headers }: FastifyRequest, { downloadKey }: Carriage): boolean {
  const via = headers['x-download-via'];
  return (via === 'disk' || via === 'storage') && sameKey(headers['x-download-key'], downloadKey);
}

/**
 * Leaves the bytes to nginx: `X-Accel-Redirect` names an internal location that no client can reach. From
 * its disk nginx answers the range by itself; to storage it passes on the range and our identity.
 */
export function sendByNginx(
  request: FastifyRequest,
  reply: FastifyReply,
  { blobKey, range, headers }: SentBlob,
  { storageIdentity }: Carriage,
): FastifyReply {
  reply.headers(headers);
  if (request.headers['x-download-via'] === 'disk') {
    // nginx says so itself for a file.
    reply.removeHeader('accept-ranges');
    return reply.header('x-accel-redirect', `/_disk/${blobKey}`).send();
  }
  reply.header('x-storage-authorization', storageIdentity());
  if (range !== undefined) {
    reply.header('x-storage-range', `bytes=${range.start}-${range.end}`);
  }
  return reply.header('x-accel-redirect', `/_storage/${blobKey}`).send();
}
