import type { EntryTime } from './entry.js';

interface Writable {
  /** Relative, with slashes, in letters. */
  readonly path: string;
  /** Permission bits, 0 to 0o777. */
  readonly mode: number;
  readonly modified: EntryTime;
}

export interface WritableFile extends Writable {
  readonly type: 'file';
  /** Bytes. */
  readonly size: number;
  /** The bytes, `size` of them. */
  content(): AsyncIterable<Buffer>;
}

/** An entry as a writer of archives takes it. A hard link's target is the path of an entry before it. */
export type WritableEntry =
  | WritableFile
  | (Writable & { readonly type: 'directory' })
  | (Writable & { readonly type: 'symlink' | 'hardlink'; readonly target: string });
