import type { EntryTime } from '../../src/engines/entry.js';

/** A time, `any` of one that nobody chose, or undefined where there is none. */
export type HeldTime = EntryTime | 'any' | undefined;

/** An entry as an archive holds it. */
export interface Held {
  readonly kind: 'file' | 'directory' | 'symlink';
  readonly path: string;
  /** Hexadecimal, of the content of a file or of what a hard link leads to; else empty. */
  readonly sha256: string;
  /** Permission bits; undefined where nothing says them. */
  readonly mode: number | undefined;
  readonly time: HeldTime;
  /** Of a symbolic link: where it leads. Of a hard link: the path of the entry with its content. */
  readonly target: string;
}
