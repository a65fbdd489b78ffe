import { Readable } from 'node:stream';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import { watchSilence } from './silence-watch.js';
import type { StorageConnection } from './storage-connection.js';
import { StorageUnavailable } from './storage-errors.js';

/** What was stored: the size in bytes and the SHA-256 in lowercase hexadecimal. */
export interface StoredBlob {
  size: number;
  sha256: string;
}

/** The bytes to store: a Readable or any other iterable of chunks. */
export type BlobSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

export interface PutOptions {
  signal?: AbortSignal;
  /** A longer source fails with `upload-too-large`. */
  maxBytes?: number;
}

/** Milliseconds for storage to accept the next bytes, or to respond after the last. */
const silenceBound = 120_000;

/** Counts the bytes of a source while they are sent, and records errors on this side. */
class Outgoing {
  bytes = 0;
  fault: unknown;
  readonly silence = watchSilence(silenceBound);

  async *pass(source: BlobSource, maxBytes: number): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of source) {
        this.bytes += chunk.length;
        if (this.bytes > maxBytes) throw new ProblemError('upload-too-large');
        this.silence.begin();
        yield chunk;
        this.silence.end();
      }
    } catch (error) {
      this.fault = error;
      throw error;
    }
    this.silence.begin();
  }
}

/**
 * Streams `source` to storage under `key`; resolves when it is durable there. On any failure the request is aborted,
 * so that storage keeps nothing of it, and a Readable source is destroyed. Throws the error of the source, the reason
 * of `signal`, `upload-too-large` or StorageUnavailable.
 */
export async function putBlob(
  connection: StorageConnection,
  key: string,
  source: BlobSource,
  { signal, maxBytes = Number.POSITIVE_INFINITY }: PutOptions = {},
): Promise<StoredBlob> {
  const outgoing = new Outgoing();
  const { silence } = outgoing;
  try {
    const answer = await connection.call({
      method: 'PUT',
      path: `/blobs/${key}`,
      headers: { 'content-type': 'application/octet-stream' },
      body: Readable.from(outgoing.pass(source, maxBytes), { objectMode: false }),
      signal: signal ? AbortSignal.any([signal, silence.signal]) : silence.signal,
    });
    const stored = (await answer.body.json()) as StoredBlob;
    if (stored.size === outgoing.bytes) return stored;
    throw new StorageUnavailable(`stored ${stored.size} of ${outgoing.bytes} bytes`);
  } catch (error) {
    if (source instanceof Readable) source.destroy();
    if (outgoing.fault !== undefined) throw outgoing.fault;
    throw error === silence.signal.reason ? new StorageUnavailable(error) : error;
  } finally {
    silence.end();
  }
}
