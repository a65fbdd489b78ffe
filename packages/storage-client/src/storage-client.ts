import type { BlobArea } from '@comprimemelo/contracts/blob-keys';
import { deleteMany } from './delete-many.js';
import { type BlobInfo, type BlobStream, blobInfo, type GetOptions, getBlob } from './get-blob.js';
import { type BlobSource, type PutOptions, putBlob, type StoredBlob } from './put-blob.js';
import { putMany, type SmallBlob } from './put-many.js';
import { type ConnectionOptions, connectStorage } from './storage-connection.js';

export interface BlobPage {
  items: { key: string; size: number; modifiedAt: string }[];
  /** The `after` of the next page; null on the last. */
  nextAfter: string | null;
}

/** Blobs in the storage service. Keys are made by contracts/blob-keys. */
export interface StorageClient {
  put(key: string, source: BlobSource, options?: PutOptions): Promise<StoredBlob>;
  /** Stores many small blobs with few requests; resolves to the results in order when all of them are durable. */
  putMany(
    blobs: Iterable<SmallBlob> | AsyncIterable<SmallBlob>,
    options?: { signal?: AbortSignal },
  ): Promise<StoredBlob[]>;
  get(key: string, options?: GetOptions): Promise<BlobStream>;
  head(key: string, options?: { signal?: AbortSignal }): Promise<BlobInfo>;
  /** A missing blob is not an error. */
  delete(key: string, options?: { signal?: AbortSignal }): Promise<void>;
  /** Deletes many keys with few requests. Tries every key, then throws the first failure. */
  deleteMany(keys: readonly string[], options?: { signal?: AbortSignal }): Promise<void>;
  /** Ordered by key. */
  list(request: { area: BlobArea; after?: string; limit?: number }): Promise<BlobPage>;
  /** Waits for the calls in flight. */
  close(): Promise<void>;
}

/**
 * A client of the storage service at `url`. Every call throws StorageUnavailable if the same call may succeed later,
 * and BlobNotFound if there is no such blob.
 */
export function createStorageClient(options: ConnectionOptions): StorageClient {
  const connection = connectStorage(options);
  return {
    put: (key, source, putOptions) => putBlob(connection, key, source, putOptions),
    putMany: (blobs, putOptions) => putMany(connection, blobs, putOptions),
    get: (key, getOptions) => getBlob(connection, key, getOptions),
    async head(key, { signal } = {}) {
      const answer = await connection.call({ method: 'HEAD', path: `/blobs/${key}`, signal });
      await answer.body.dump();
      return blobInfo(answer.headers);
    },
    async delete(key, { signal } = {}) {
      const answer = await connection.call({ method: 'DELETE', path: `/blobs/${key}`, signal });
      await answer.body.dump();
    },
    deleteMany: (keys, deleteOptions) => deleteMany(connection, keys, deleteOptions),
    async list(query) {
      const answer = await connection.call({ method: 'GET', path: '/blobs', query });
      return (await answer.body.json()) as BlobPage;
    },
    close: () => connection.close(),
  };
}
