import { rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReadFormat } from '@comprimemelo/contracts/formats';
import type { TakeEntries } from '../engines/seven-zip/list-archive.js';
import type { ListedEntry } from '../engines/seven-zip/listing.js';
import type { OnProgress } from '../job/progress.js';

/** A part of an archive that is listed and extracted on its own. Most archives have one part. */
export interface ArchivePart {
  /** The folder that its entries lie in: empty, or `DEBIAN` for a package's control files. */
  readonly folder: string;
  /** Throws a TaskFailure if it cannot be read, and what `take` throws. */
  list(take: TakeEntries): Promise<void>;
  /** Extracts into an existing folder; may be called once. Throws a TaskFailure if it cannot be read. */
  extractTo(folder: string, wanted: Wanted, report: OnProgress): Promise<void>;
}

/** What to extract from a part, by paths as 7-Zip prints them, one character per byte. */
export interface Wanted {
  /** These paths, including everything below a directory; absent: everything. */
  readonly only?: readonly string[];
  readonly leftOut: readonly string[];
  /** The largest dictionary of the entries, in bytes. */
  readonly dictionaryBytes: number;
}

/** An archive that was opened by its content. */
export interface OpenArchive {
  /** By content. */
  readonly format: ReadFormat;
  readonly parts: readonly ArchivePart[];
  /** True for an image whose modes and links are not read. */
  readonly hidesRockRidge?: boolean;
  /** True if something had to be decompressed first. */
  readonly unwrapped: boolean;
  /** Removes what was decompressed. */
  close(): Promise<void>;
}

/** An entry as it stands in the whole archive. */
export function inFolder(folder: string, entry: ListedEntry): ListedEntry {
  if (folder === '') return entry;
  const [path, rawPath] = [`${folder}/${entry.path}`, `${folder}/${entry.rawPath}`];
  return { ...entry, path, rawPath };
}

/** A part that is one file, already unpacked. Its path is a file name. */
export function filePart(file: string, path: string, modified: string | undefined): ArchivePart {
  return {
    folder: '',
    async list(take) {
      const { size } = await stat(file);
      const rawPath = Buffer.from(path).toString('latin1');
      const rest = { packedSize: undefined, encrypted: false, dictionaryBytes: 0 };
      await take([{ path, rawPath, kind: 'file', size, modified, ...rest }]);
    },
    extractTo: (target) => rename(file, join(target, path)),
  };
}
