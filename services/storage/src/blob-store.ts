import type { Readable } from 'node:stream';
import type { BlobArea } from '@comprimemelo/contracts/blob-keys';
import type { ByteRange } from '@comprimemelo/service/http/byte-range';

/** What was stored: the size in bytes and the SHA-256 in lowercase hexadecimal. */
export interface StoredBlob {
  size: number;
  sha256: string;
}

/** What was stored of one blob in a batch. */
export interface StoredItem extends StoredBlob {
  key: string;
}

/** A blob that is small enough to keep in memory. */
export interface SmallBlob {
  key: string;
  bytes: Buffer;
}

/** A snapshot of a blob: replacing or deleting it later does not affect reads. */
export interface OpenedBlob {
  /** Bytes. */
  size: number;
  modifiedAt: Date;
  /** The bytes, or those of `range`. The stream closes the blob when it ends or is destroyed. */
  read(range?: ByteRange): Readable;
  /** Closes the blob without reading it. */
  close(): Promise<void>;
}

export interface BlobEntry {
  key: string;
  size: number;
  modifiedAt: Date;
}

export interface ListRequest {
  area: BlobArea;
  /** Only keys that sort after this one. */
  after?: string;
  limit: number;
}

/** A store of blobs. Keys are those of contracts/blob-keys, and callers have validated them. */
export interface BlobStore {
  /**
   * Stores `body` under `key`, replacing any existing blob; durable when it resolves. If `body` fails, the existing
   * blob is kept. `body` itself is never destroyed.
   */
  put(key: string, body: Readable): Promise<StoredBlob>;
  /**
   * Stores each of `blobs` like put, with fewer disk syncs. All of them are durable when it resolves, in order. On
   * failure some of them may be stored, each of them complete.
   */
  putMany(blobs: AsyncIterable<SmallBlob>): Promise<StoredItem[]>;
  open(key: string): Promise<OpenedBlob | undefined>;
  /** Missing blobs are not an error. If one cannot be deleted, the others still are. */
  delete(keys: readonly string[]): Promise<void>;
  /** Ordered by key. */
  list(request: ListRequest): Promise<BlobEntry[]>;
}
