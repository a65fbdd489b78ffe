import type { File } from '@comprimemelo/contracts/file';
import type { FileKindName } from '@comprimemelo/contracts/states';
import { fromBytes, hexOf } from '../client/identifiers.js';
import { nullableTimeText, type StoredTime, timeText } from '../client/time-text.js';

/** A file as it is stored. One read by Prisma is one too. */
export interface FileRow {
  id: Uint8Array;
  /** The task that takes the file along when it is deleted. */
  taskId: Uint8Array | null;
  kind: FileKindName;
  name: string;
  path: string;
  /** The bytes of the path, where they are not UTF-8. */
  rawPath: Uint8Array | null;
  /** As its sender gave it. */
  modifiedAt: StoredTime | null;
  /** Bytes. */
  size: number | bigint;
  mediaType: string;
  sha256: Uint8Array;
  blobKey: string;
  createdAt: StoredTime;
  expiresAt: StoredTime | null;
}

export const fileColumns = `id, task_id AS taskId, kind, name, path, raw_path AS rawPath, modified_at AS modifiedAt, size,
  media_type AS mediaType, sha256, blob_key AS blobKey, created_at AS createdAt, expires_at AS expiresAt`;

/** The file as the API shows it. */
export function toFile(row: FileRow): File {
  return {
    id: fromBytes(row.id),
    kind: row.kind,
    name: row.name,
    path: row.path,
    ...(row.rawPath === null ? {} : { rawPath: Buffer.from(row.rawPath).toString('base64') }),
    modified: nullableTimeText(row.modifiedAt),
    size: Number(row.size),
    mediaType: row.mediaType,
    sha256: hexOf(row.sha256),
    createdAt: timeText(row.createdAt),
    expiresAt: nullableTimeText(row.expiresAt),
  };
}
