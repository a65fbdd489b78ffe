import { createHash } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';

/** A download as the files and storage stand-ins give it. */
export const content = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 251));
const sha256 = createHash('sha256').update(content).digest('hex');
export const etag = `"${sha256}"`;
export const digest = `sha-256=:${createHash('sha256').update(content).digest('base64')}:`;
export const blobKey = 'results/ab/0193a1de-7b5c-7c3e-9d1f-2f6a0c4b8eab';
export const storageToken = 'Bearer made.by.files';

/** A download that files streams by itself, whatever nginx offers. */
export const streamedPath = '/api/files/streamed/content';

/** What files answers for a download, and what it was asked. */
export function filesStandIn(seen: IncomingMessage[]): RequestListener {
  return (request, response) => {
    seen.push(request);
    const via = request.url === streamedPath ? undefined : request.headers['x-download-via'];
    response.setHeader('Content-Type', 'application/zip');
    response.setHeader('Content-Disposition', 'attachment; filename="a.zip"');
    response.setHeader('Cache-Control', 'private, no-cache');
    response.setHeader('ETag', etag);
    response.setHeader('Repr-Digest', digest);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Content-Security-Policy', "default-src 'none'");
    response.setHeader('X-Request-Id', String(request.headers['x-request-id']));
    if (via === 'disk') response.setHeader('X-Accel-Redirect', `/_disk/${blobKey}`);
    if (via === 'storage') {
      response.setHeader('X-Accel-Redirect', `/_storage/${blobKey}`);
      response.setHeader('X-Storage-Authorization', storageToken);
      const { range, 'if-range': ifRange } = request.headers;
      if (range !== undefined && (ifRange === undefined || ifRange === etag)) {
        response.setHeader('X-Storage-Range', range);
      }
    }
    if (via !== 'disk') response.setHeader('Accept-Ranges', 'bytes');
    if (via === undefined) response.setHeader('Content-Length', content.length);
    response.end(via === undefined ? content : undefined);
  };
}

/** Storage: gives the blob, whole or the one range that is asked for. */
export function storageStandIn(seen: IncomingMessage[]): RequestListener {
  return (request, response) => {
    seen.push(request);
    response.setHeader('ETag', '"of-storage"');
    response.setHeader('Content-Type', 'application/octet-stream');
    response.setHeader('X-Request-Id', 'of-storage');
    response.setHeader('Accept-Ranges', 'bytes');
    if (request.headers.authorization !== storageToken) return void response.writeHead(401).end();
    if (request.url !== `/blobs/${blobKey}`) return void response.writeHead(404).end();
    const [from, to] = rangeOf(request.headers.range);
    if (from >= content.length) {
      response.setHeader('Content-Range', `bytes */${content.length}`);
      return void response.writeHead(416).end();
    }
    const part = content.subarray(from, to + 1);
    response.setHeader('Content-Length', part.length);
    if (request.headers.range !== undefined) {
      response.statusCode = 206;
      response.setHeader('Content-Range', `bytes ${from}-${to}/${content.length}`);
    }
    response.end(request.method === 'HEAD' ? undefined : part);
  };
}

function rangeOf(header: string | undefined): [number, number] {
  const last = content.length - 1;
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? 'bytes=0-') ?? [];
  if (from === '') return [content.length - Number(to), last];
  return [Number(from), to === '' ? last : Math.min(Number(to), last)];
}
