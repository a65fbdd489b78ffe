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
  /** Stores many small blobs with few requests; in their order, when all of them are on the disk. */
  putMany(
    blobs: Iterable<SmallBlob> | AsyncIterable<SmallBlob>,
    options?: { signal?: AbortSignal },
  ): Promise<StoredBlob[]>;
  get(key: string, options?: GetOptions): Promise<BlobStream>;
  head(key: string, options?: { signal?: AbortSignal }): Promise<BlobInfo>;
  /** Resolves too where there is no such blob. */
  delete(key: string, options?: { signal?: AbortSignal }): Promise<void>;
  /** Few requests for many keys. Every key is tried, then the first failure is thrown. */
  deleteMany(keys: readonly string[], options?: { signal?: AbortSignal }): Promise<void>;
  /** In the order of keys. */
  list(request: { area: BlobArea; after?: string; limit?: number }): Promise<BlobPage>;
  /** Waits for the calls in flight. */
  close(): Promise<void>;
}

/**
 * Talks to the storage service at `url`. Every call throws StorageUnavailable where the same call may
 * work later, and BlobNotFound where there is no such blob.
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
