import { v7 } from 'uuid';

const canonical = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const byteLength = 16;

/** A new UUIDv7 (RFC 9562): later ones of this process sort behind earlier ones. */
export const newId = (): string => v7();

/** An id as stored in the database. Throws a TypeError if the text is not a UUID. */
export function toBytes(id: string): Buffer<ArrayBuffer> {
  if (!canonical.test(id)) throw new TypeError('Not a UUID');
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

/** An id as the API shows it. Throws a TypeError if there are not 16 bytes. */
export function fromBytes(bytes: Uint8Array): string {
  if (bytes.length !== byteLength) throw new TypeError('Not the bytes of a UUID');
  const hex = hexOf(bytes);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Bytes as lower-case hex: digests, and ids without their hyphens. */
export function hexOf(bytes: Uint8Array): string {
  const buffer = Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString('hex');
}
