import { ArchiveEntry } from '@comprimemelo/contracts/archive';
import { invalidCursor } from '@comprimemelo/service/http/keyset-page';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import { blobLines } from '@comprimemelo/storage-client/blob-lines';
import type { StorageClient } from '@comprimemelo/storage-client/storage-client';
import { Compile } from 'typebox/compile';

export interface EntriesPage {
  /** Each is one ArchiveEntry as JSON. */
  entries: string[];
  /** The byte offset at which the next page starts; null on the last page. */
  next: number | null;
}

/** Bytes per request to storage: about one page of entries of typical length. */
const pieceBytes = 32 * 1024;

const validator = Compile(ArchiveEntry);

function checked(line: Buffer): string {
  const text = line.toString('utf8');
  if (validator.Check(JSON.parse(text))) return text;
  throw new Error('an inspection contains an invalid entry');
}

/** Reads a blob from an offset in pieces, and only as far as needed. */
class BlobReader {
  readonly #storage: Pick<StorageClient, 'get'>;
  readonly #key: string;
  size = Number.POSITIVE_INFINITY;

  constructor(storage: Pick<StorageClient, 'get'>, key: string) {
    this.#storage = storage;
    this.#key = key;
  }

  async *pieces(start: number): AsyncGenerator<Buffer> {
    for (let at = start; at < this.size; ) {
      const range = { start: at, end: at + pieceBytes - 1 };
      const { stream, length, size } = await this.#storage.get(this.#key, { range });
      // Read to the end, so that the connection can be reused.
      yield Buffer.concat(await stream.toArray());
      this.size = size;
      at += length;
    }
  }
}

function orInvalidCursor(error: unknown): never {
  const outside = error instanceof ProblemError && error.code === 'range-not-satisfiable';
  throw outside ? invalidCursor(error) : error;
}

async function readLines(reader: BlobReader, offset: number, limit: number) {
  const entries: string[] = [];
  let next = offset;
  // The byte before must end a line, so that a page always starts with a complete entry.
  let isBefore = offset > 0;
  for await (const line of blobLines(reader.pieces(isBefore ? offset - 1 : 0))) {
    if (isBefore) {
      if (line.length > 0) throw invalidCursor();
      isBefore = false;
      continue;
    }
    entries.push(checked(line));
    next += line.length + 1;
    if (entries.length === limit) break;
  }
  return { entries, next: next < reader.size ? next : null };
}

/**
 * Reads up to `limit` entries from the blob of an inspection, starting at a byte offset. The cost does not depend on
 * the total number of entries. Throws BlobNotFound, and `invalid-cursor` if no entry starts at the offset.
 */
export const readEntriesPage = (
  storage: Pick<StorageClient, 'get'>,
  blobKey: string,
  { offset, limit }: { offset: number; limit: number },
): Promise<EntriesPage> =>
  readLines(new BlobReader(storage, blobKey), offset, limit).catch(orInvalidCursor);
