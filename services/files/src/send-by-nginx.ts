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

/** A range that nginx reads as we do. Above 2^63-1, which has 19 digits, it answers 416 to any. */
const plainRange = /^bytes=(?:\d{1,18}-\d{0,18}|-\d{1,18})$/i;

/**
 * True if nginx, which evaluates the request again for a file on its disk, comes to our verdict. It evaluates
 * preconditions before it knows our ETag, answers 416 to a range that must be ignored, and 206 to HEAD.
 */
function nginxAgrees({ headers }: FastifyRequest, range: ByteRange | undefined): boolean {
  if (headers['if-match'] !== undefined || headers['if-unmodified-since'] !== undefined)
    return false;
  return headers.range === undefined || (range !== undefined && plainRange.test(headers.range));
}

/**
 * True if nginx in front of us offers to serve the bytes and would serve the right ones. From storage it serves what
 * we name; from its disk, what it makes of the request.
 */
export function hasCarrier(
  request: FastifyRequest,
  range: ByteRange | undefined,
  { downloadKey }: Carriage,
): boolean {
  const via = request.headers['x-download-via'];
  const offered = via === 'storage' || (via === 'disk' && nginxAgrees(request, range));
  return offered && sameKey(request.headers['x-download-key'], downloadKey);
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
