import Type, { type Static } from 'typebox';
import { blobKeyPattern } from './blob-keys.js';
import { limits } from './limits.js';

const Key = Type.String({ pattern: blobKeyPattern });

/**
 * What stands before each blob where one body holds many: a line of JSON, ended by one newline. The
 * blob's `size` bytes follow, then the next line.
 */
export const BatchHeader = Type.Object({ key: Key, size: Type.Integer({ minimum: 0 }) });
export type BatchHeader = Static<typeof BatchHeader>;

/** Bytes of a BatchHeader's line at most. */
export const batchHeaderBytes = 256;

/** What storage keeps of a batch, in the batch's order. */
export const StoredBatch = Type.Object({
  items: Type.Array(
    Type.Object({ key: Type.String(), size: Type.Integer(), sha256: Type.String() }),
  ),
});
export type StoredBatch = Static<typeof StoredBatch>;

/** The blobs that are to go. */
export const BlobDeletion = Type.Object({
  keys: Type.Array(Key, { minItems: 1, maxItems: limits.batchBlobs }),
});
export type BlobDeletion = Static<typeof BlobDeletion>;
