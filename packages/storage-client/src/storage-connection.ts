import type { Readable } from 'node:stream';
import { type Dispatcher, Pool } from 'undici';
import { errorOfAnswer, StorageUnavailable } from './storage-errors.js';

export interface ConnectionOptions {
  /** STORAGE_URL. */
  url: string;
  /** Returns the current Authorization header. See createServiceIdentity. */
  identity: () => string;
}

export interface Call {
  method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  path: string;
  query?: Record<string, string | number>;
  headers?: Record<string, string>;
  body?: Readable | Buffer | string;
  signal?: AbortSignal | undefined;
}

export interface StorageConnection {
  /**
   * One request to storage. Resolves with a 2xx answer; throws BlobNotFound, StorageUnavailable, or
   * the reason of `signal`.
   */
  call(call: Call): Promise<Dispatcher.ResponseData>;
  close(): Promise<void>;
}

/** Milliseconds to wait for response headers. A put has its own limit, because its headers follow the last fsync. */
const headBound = 60_000;
/** The same for a batch, whose response follows an fsync of each blob. */
const batchHeadBound = 120_000;
const headBounds = {
  GET: headBound,
  HEAD: headBound,
  PUT: 0,
  POST: batchHeadBound,
  DELETE: headBound,
};
/** Milliseconds between two chunks of a response body. The total time is not limited. */
const bodyBound = 60_000;
const connectBound = 2_000;

/** Keeps a pool of connections to storage, one per concurrent call. */
export function connectStorage({ url, identity }: ConnectionOptions): StorageConnection {
  const base = new URL(url);
  const prefix = base.pathname.replace(/\/$/, '');
  const pool = new Pool(base.origin, { connectTimeout: connectBound, bodyTimeout: bodyBound });

  async function send({ path, headers, signal, body, ...rest }: Call) {
    try {
      return await pool.request({
        ...rest,
        path: prefix + path,
        headers: { ...headers, authorization: identity() },
        headersTimeout: headBounds[rest.method],
        ...(body === undefined ? {} : { body }),
        ...(signal === undefined ? {} : { signal }),
      });
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw new StorageUnavailable(error);
    }
  }

  return {
    async call(call) {
      const answer = await send(call);
      if (answer.statusCode < 300) return answer;
      const detail = await answer.body.text().catch(() => 'without a body');
      throw errorOfAnswer(answer.statusCode, call.path, detail.slice(0, 500));
    },
    close: () => pool.close(),
  };
}
