import { rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { TakeEntries } from '../engines/seven-zip/list-archive.js';
import type { Report } from '../job/progress.js';

/** What of an archive is listed and extracted by itself; most archives are one part. */
export interface ArchivePart {
  /** The folder that its entries lie in: empty, or `DEBIAN` for a package's control files. */
  readonly folder: string;
  /** Throws a TaskFailure where it cannot be read, and what `take` throws. */
  list(take: TakeEntries): Promise<void>;
  /** Extracts below the folder, which exists. Once. Throws a TaskFailure where it cannot be read. */
  extractTo(folder: string, wanted: Wanted, report: Report): Promise<void>;
}

/** What is extracted of a part, by paths as 7-Zip has them, one character a byte. */
export interface Wanted {
  /** These, and for each directory all below it; absent: everything. */
  readonly only?: readonly string[];
  readonly leftOut: readonly string[];
  /** The largest dictionary of the entries, in bytes. */
  readonly dictionaryBytes: number;
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
