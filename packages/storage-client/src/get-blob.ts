import { PassThrough, type Readable } from 'node:stream';
import type { StorageConnection } from './storage-connection.js';
import { StorageUnavailable } from './storage-errors.js';

export interface GetOptions {
  /** Offsets of the first byte and of the last; without `end`, to the blob's end. */
  range?: { start: number; end?: number };
  signal?: AbortSignal;
}

export interface BlobInfo {
  /** Bytes of the whole blob. */
  size: number;
  modifiedAt: Date;
}

export interface BlobStream extends BlobInfo {
  /** Fails with StorageUnavailable when storage goes away in the middle. Destroy it if it is not read. */
  stream: Readable;
  /** Bytes of the stream: less than `size` where a range was asked for. */
  length: number;
}

type Headers = Record<string, string | string[] | undefined>;

export function blobInfo(headers: Headers): BlobInfo {
  const total = /\/(\d+)$/.exec(String(headers['content-range'] ?? ''))?.[1];
  return {
    size: Number(total ?? headers['content-length']),
    modifiedAt: new Date(String(headers['last-modified'])),
  };
}

/** The answer's bytes as a stream whose errors say that storage is at fault. */
function outward(body: Readable, signal: AbortSignal | undefined): Readable {
  const stream = new PassThrough({ highWaterMark: 256 * 1024 });
  body.on('error', (error) => {
    stream.destroy(signal?.aborted ? signal.reason : new StorageUnavailable(error));
  });
  // One that comes before anybody reads must not end the process: the reader finds it.
  stream.on('error', () => undefined);
  stream.on('close', () => body.destroy());
  return body.pipe(stream);
}

/** Opens a blob, or one range of it. Throws BlobNotFound, StorageUnavailable, `range-not-satisfiable`. */
export async function getBlob(
  connection: StorageConnection,
  key: string,
  { range, signal }: GetOptions = {},
): Promise<BlobStream> {
  const answer = await connection.call({
    method: 'GET',
    path: `/blobs/${key}`,
    headers: range ? { range: `bytes=${range.start}-${range.end ?? ''}` } : {},
    signal,
  });
  return {
    ...blobInfo(answer.headers),
    length: Number(answer.headers['content-length']),
    stream: outward(answer.body, signal),
  };
}
