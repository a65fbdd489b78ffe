import { blobKeyPattern } from '@comprimemelo/contracts/blob-keys';
import Type from 'typebox';

/** The rest of the path must be a valid blob key; anything that could escape the root is a 400. */
export const BlobParams = Type.Object({ '*': Type.String({ pattern: blobKeyPattern }) });
