import { blobKeyPattern } from '@comprimemelo/contracts/blob-keys';
import Type from 'typebox';

/** The rest of the address is a blob's key and nothing else: what could leave the root is a 400. */
export const BlobParams = Type.Object({ '*': Type.String({ pattern: blobKeyPattern }) });
