import { invalidCursor } from '@comprimemelo/service/http/keyset-page';

/** A cursor is a byte offset in the blob of one inspection, and is meaningless in any other blob. */
const nameOf = (blobKey: string): string => blobKey.slice(blobKey.lastIndexOf('/') + 1);

export const writeEntriesCursor = (blobKey: string, offset: number): string =>
  Buffer.from(`${offset} ${nameOf(blobKey)}`).toString('base64url');

/** The byte offset at which the page starts; 0 without a cursor. Throws `invalid-cursor`. */
export function readEntriesCursor(cursor: string | undefined, blobKey: string): number {
  if (cursor === undefined) return 0;
  const [digits = '', name] = Buffer.from(cursor, 'base64url').toString('latin1').split(' ');
  const offset = /^\d{1,15}$/.test(digits) ? Number(digits) : 0;
  if (offset === 0 || name !== nameOf(blobKey)) throw invalidCursor();
  return offset;
}
