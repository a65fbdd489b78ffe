import type { EntryTime } from '../engines/entry.js';

interface Unpacked {
  /** Relative, with slashes, in letters; no two are equal. */
  readonly path: string;
  /** Of a name that is not UTF-8: its bytes in base64. */
  readonly rawPath?: string;
  /** Permission bits with set-user-id, set-group-id and sticky; undefined where the archive has none. */
  readonly mode: number | undefined;
  readonly modified: EntryTime | undefined;
  /** True where the archive has extended attributes or access control lists of it. */
  readonly extended?: boolean;
}

export interface UnpackedFile extends Unpacked {
  readonly kind: 'file';
  /** Bytes. */
  readonly size: number;
  /** The file on this disk, under a name of our own. */
  readonly location: string;
  /** True where a file before it has the same location: what it is a link to, or a copy of. */
  readonly shared?: boolean;
  /** Of a hard link: the path of the file before it that it is another name of. */
  readonly linkTo?: string;
}

export interface UnpackedDirectory extends Unpacked {
  readonly kind: 'directory';
}

/** A symbolic link that stays inside its archive. None is ever made on this disk. */
export interface UnpackedLink extends Unpacked {
  readonly kind: 'symlink';
  /** Relative to the folder that the link is in, in letters. */
  readonly target: string;
}

export type UnpackedEntry = UnpackedFile | UnpackedDirectory | UnpackedLink;
