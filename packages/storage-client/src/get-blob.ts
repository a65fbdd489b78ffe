import { PassThrough, type Readable } from 'node:stream';
import type { StorageConnection } from './storage-connection.js';
import { StorageUnavailable } from './storage-errors.js';

export interface GetOptions {
  /** Offsets of the first and last byte; without `end`, to the end of the blob. */
  range?: { start: number; end?: number };
  signal?: AbortSignal;
}

export interface BlobInfo {
  /** Size of the whole blob in bytes. */
  size: number;
  modifiedAt: Date;
}

export interface BlobStream extends BlobInfo {
  /** Fails with StorageUnavailable if the connection to storage breaks. Destroy it if you do not read it. */
  stream: Readable;
  /** Length of the stream in bytes; less than `size` for a range. */
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

/** The response body as a stream that reports errors as StorageUnavailable. */
function outward(body: Readable, signal: AbortSignal | undefined): Readable {
  const stream = new PassThrough({ highWaterMark: 256 * 1024 });
  body.on('error', (error) => {
    stream.destroy(signal?.aborted ? signal.reason : new StorageUnavailable(error));
  });
  // An error before the first read must not crash the process: the reader will see it.
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
