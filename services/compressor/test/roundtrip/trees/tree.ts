import type { EntryTime } from '../../../src/engines/entry.js';

/** Bytes, described so that they print in a line. */
export interface Content {
  readonly look: 'noise' | 'text' | 'holes';
  /** Bytes. */
  readonly size: number;
  /** Other bytes for another seed. */
  readonly seed: number;
}

interface Common {
  /** Relative, with slashes. */
  readonly path: string;
  readonly time: EntryTime;
}

export interface TreeFile extends Common {
  readonly kind: 'file';
  readonly content: Content;
  /** Permission bits, 0 to 0o777. */
  readonly mode: number;
  /** Of a hard link: the path of the file before it that it is another name of. */
  readonly linkTo?: string;
}

export interface TreeDirectory extends Common {
  readonly kind: 'directory';
  readonly mode: number;
}

export interface TreeLink extends Common {
  readonly kind: 'symlink';
  readonly target: string;
}

export type TreeEntry = TreeFile | TreeDirectory | TreeLink;

/** What is packed, in the order in which it is. Folders that only paths name are no entries. */
export type Tree = readonly TreeEntry[];
