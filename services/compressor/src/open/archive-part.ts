import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Loss } from '@comprimemelo/contracts/archive';
import type { ReadFormat } from '@comprimemelo/contracts/formats';
import type { EntryTime, ListedEntry } from '../engines/entry.js';
import type { TakeEntries } from '../engines/seven-zip/list-archive.js';
import type { EntryContent } from '../engines/seven-zip/read-contents.js';
import type { OnProgress } from '../job/progress.js';
import type { TaskFailure } from '../job/task-failure.js';

/** A part of an archive that is listed and read on its own. Most archives have one part. */
export interface ArchivePart {
  /** The folder that its entries lie in: empty, or `DEBIAN` for a package's control files. */
  readonly folder: string;
  /** How its names stand: what tells which letters their bytes are. */
  readonly names: NameKind;
  /** The file that libarchive lists too, where it reads the format as well as the engine of this part. */
  readonly secondReader?: string;
  /** Throws a TaskFailure if it cannot be read, and what `take` throws. */
  list(take: TakeEntries): Promise<void>;
  /** After reading: what else was found in its file. */
  notes?(): readonly ArchiveNote[];
  /** Reads the contents that are wanted, in the order of the list. Throws a TaskFailure if they cannot be read. */
  read(wanted: WantedEntries, report: OnProgress): AsyncGenerator<EntryContent>;
}

/** The kinds of archives that differ in what the bytes of their names mean; `unicode`: there is nothing to guess. */
export type NameKind = 'tar' | 'zip' | 'lzh' | 'other' | 'unicode';

/** Entries of a part, and which of them to read. */
export interface WantedEntries {
  /** By their places in the list: all of it, or at least each that has the path of one that is wanted. */
  readonly entries: ReadonlyMap<number, ListedEntry>;
  /** True if `entries` is all of the list. */
  readonly complete: boolean;
  has(index: number): boolean;
}

/** Something of the whole input that a task's report should say. */
export interface ArchiveNote {
  readonly lost: Loss;
  readonly detail: string;
}

export const prefixNote: ArchiveNote = {
  lost: 'other-data',
  detail:
    'The file begins with bytes that are not of the archive, as self-extractors do; they were left out.',
};

export const behindNote: ArchiveNote = {
  lost: 'other-data',
  detail: 'Bytes that follow the end of the archive were left out.',
};

export const behindEntryNote: ArchiveNote = {
  lost: 'other-data',
  detail: 'Some entries are followed by bytes that are beyond their size; they were left out.',
};

/** An archive that was opened by its content. */
export interface OpenArchive {
  /** By content. */
  readonly format: ReadFormat;
  readonly parts: readonly ArchivePart[];
  /** True if something had to be decompressed first. */
  readonly unwrapped: boolean;
  readonly notes?: readonly ArchiveNote[];
  /** The comment of the whole archive, as bytes. */
  readonly comment?: Buffer;
  /** Once it is listed: why it must not be extracted, though there is a list, such as parts that are missing. */
  readonly refusal?: () => TaskFailure | undefined;
  /** Removes what was decompressed. */
  close(): Promise<void>;
}

/** A part that is one file, already unpacked, under a name in UTF-8. */
export function filePart(file: string, path: string, modified: EntryTime | undefined): ArchivePart {
  return {
    folder: '',
    names: 'unicode',
    async list(take) {
      const { size } = await stat(file);
      const rawPath = Buffer.from(path).toString('latin1');
      const rest = { packedSize: undefined, encrypted: false, dictionaryBytes: 0 };
      await take([{ rawPath, kind: 'file', size, modified, ...rest }]);
    },
    async *read({ has }) {
      if (has(0)) yield { index: 0, bytes: () => piecesOf(file) };
    },
  };
}

async function* piecesOf(file: string): AsyncGenerator<Buffer> {
  yield* createReadStream(file, { highWaterMark: 256 * 1024 });
}
