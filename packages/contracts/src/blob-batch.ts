import Type, { type Static } from 'typebox';
import { blobKeyPattern } from './blob-keys.js';
import { limits } from './limits.js';

const Key = Type.String({ pattern: blobKeyPattern });

/**
 * The header before each blob in a batch body: a line of JSON that ends with one newline. The `size` bytes of the
 * blob follow, then the next header.
 */
export const BatchHeader = Type.Object({ key: Key, size: Type.Integer({ minimum: 0 }) });
export type BatchHeader = Static<typeof BatchHeader>;

/** Maximum length of a BatchHeader line in bytes. */
export const batchHeaderBytes = 256;

/** What storage stored, in the order of the batch. */
export const StoredBatch = Type.Object({
  items: Type.Array(
    Type.Object({ key: Type.String(), size: Type.Integer(), sha256: Type.String() }),
  ),
});
export type StoredBatch = Static<typeof StoredBatch>;

/** The blobs to delete. */
export const BlobDeletion = Type.Object({
  keys: Type.Array(Key, { minItems: 1, maxItems: limits.batchBlobs }),
});
export type BlobDeletion = Static<typeof BlobDeletion>;
