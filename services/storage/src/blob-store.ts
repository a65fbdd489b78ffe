import type { Readable } from 'node:stream';
import type { BlobArea } from '@comprimemelo/contracts/blob-keys';
import type { ByteRange } from '@comprimemelo/service/http/byte-range';

/** What was kept: the bytes' count and their SHA-256 in lower-case hex. */
export interface StoredBlob {
  size: number;
  sha256: string;
}

/** What was kept of one blob of several. */
export interface StoredItem extends StoredBlob {
  key: string;
}

/** A blob that is small enough to be held in memory. */
export interface SmallBlob {
  key: string;
  bytes: Buffer;
}

/** A blob as it was when it was opened: what replaces or deletes it later does not change what is read. */
export interface OpenedBlob {
  /** Bytes. */
  size: number;
  modifiedAt: Date;
  /** The bytes, or those of `range`. The stream closes the blob when it ends or is destroyed. */
  read(range?: ByteRange): Readable;
  /** For whoever does not read. */
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

/** Where blobs are kept. Keys are those of contracts/blob-keys; callers have checked them. */
export interface BlobStore {
  /**
   * Keeps all of `body` under `key` in place of what was there, durable when it resolves. A body that
   * fails leaves what was there. `body` itself is never destroyed.
   */
  put(key: string, body: Readable): Promise<StoredBlob>;
  /**
   * Keeps each of `blobs` as put does, with fewer waits for the disk; all of them durable when it
   * resolves, in their order. Where it fails some of them may be kept, each of them whole.
   */
  putMany(blobs: AsyncIterable<SmallBlob>): Promise<StoredItem[]>;
  open(key: string): Promise<OpenedBlob | undefined>;
  /** Resolves too where there are no such blobs; where one cannot be deleted, the others are. */
  delete(keys: readonly string[]): Promise<void>;
  /** In the order of keys. */
  list(request: ListRequest): Promise<BlobEntry[]>;
}
