import type { EntryKind } from '@comprimemelo/contracts/archive';

/** What an entry of an archive is. A hard link is another name for the content of an entry of the same archive. */
export type EntryType = 'file' | 'directory' | 'symlink' | 'hardlink' | 'special';

/** A point in time. Nanoseconds count forward from the second, before 1970 as well. */
export interface EntryTime {
  /** Whole seconds since 1970, negative before. */
  readonly seconds: number;
  /** 0 to 999,999,999. */
  readonly nanoseconds: number;
}

/** One entry as its archive declares it, before anything about it is judged. */
export interface EngineEntry {
  /** The path, one character a byte, with slashes between its parts. */
  readonly rawPath: string;
  readonly type: EntryType;
  /** Bytes of its content; holes of a sparse file included. 0 for what has none. */
  readonly size: number;
  /** Bytes that its content takes in the archive, with what fills them up. */
  readonly packedSize: number;
  /** Permission bits, 0 to 0o7777; undefined where the format has none. */
  readonly mode?: number;
  readonly modified?: EntryTime;
  /** Of a symbolic or hard link: where it leads, one character a byte. */
  readonly target?: string;
  /** True where the entry carries extended attributes or access control lists. */
  readonly extended?: boolean;
}

/** One entry as the listing of any engine gives it. */
export interface ListedEntry {
  /** The path, one character a byte; empty if the format stores no name (xz, bz2). */
  readonly rawPath: string;
  readonly kind: EntryKind;
  /** True if the archive says of this name that it is UTF-8. */
  readonly markedUtf8?: boolean;
  /** Uncompressed size in bytes; undefined if the format does not store it. Of a hard link: of what it leads to. */
  readonly size: number | undefined;
  readonly packedSize: number | undefined;
  /** A time without a zone is treated as UTC. */
  readonly modified: EntryTime | undefined;
  readonly encrypted: boolean;
  /** Bytes of memory that its methods need for dictionaries. */
  readonly dictionaryBytes: number;
  /** Permission bits, 0 to 0o7777. */
  readonly mode?: number | undefined;
  /** True where the entry has a comment. */
  readonly commented?: boolean;
  /** How it is packed, as the engine prints it, if it does. */
  readonly method?: string;
  /** Set if no engine here unpacks it: how it is packed, in words. */
  readonly unsupportedMethod?: string;
  /** The operating system that it was packed on, if the format stores it. */
  readonly host?: string | undefined;
  /** The sum that the archive declares of the content. */
  readonly crc32?: number;
  /** True of a symbolic link. */
  readonly symlink?: boolean;
  /** Where a symbolic link leads, one character a byte; absent where that is its content. */
  readonly linkTarget?: string;
  /** Of a hard link: the path of the entry whose content it has, one character a byte. */
  readonly hardLinkTo?: string;
  /** True where that is how the archive stores the content of a file of its own, and no link. */
  readonly copied?: boolean;
  /** True where the entry carries extended attributes or access control lists. */
  readonly extended?: boolean;
  /** True of a file that begins in a volume before the one that was opened. */
  readonly continued?: boolean;
}

/** An entry and its content, which must be read, or left to `skip`, before the next entry is asked for. */
export interface OpenEntry {
  readonly entry: EngineEntry;
  /** The bytes, `entry.size` of them; ends with an ArchiveFormatError where the archive ends before. */
  content(): AsyncGenerator<Buffer>;
}

/** The archive breaks its format. The message is a sentence for its owner. */
export class ArchiveFormatError extends Error {
  override name = 'ArchiveFormatError';
  /** The entry at fault, one character a byte. */
  readonly rawPath: string | undefined;

  constructor(message: string, rawPath?: string) {
    super(message);
    this.rawPath = rawPath;
  }
}
