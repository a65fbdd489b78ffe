import { ArchiveEntry } from '@comprimemelo/contracts/archive';
import { invalidCursor } from '@comprimemelo/service/http/keyset-page';
import { ProblemError } from '@comprimemelo/service/http/problem-error';
import { blobLines } from '@comprimemelo/storage-client/blob-lines';
import type { StorageClient } from '@comprimemelo/storage-client/storage-client';
import { Compile } from 'typebox/compile';

export interface EntriesPage {
  /** JSON, one ArchiveEntry each. */
  entries: string[];
  /** The byte at which the next page begins; null on the last. */
  next: number | null;
}

/** Bytes in one request to storage: a page of entries of usual length. */
const pieceBytes = 32 * 1024;

const validator = Compile(ArchiveEntry);

function checked(line: Buffer): string {
  const text = line.toString('utf8');
  if (validator.Check(JSON.parse(text))) return text;
  throw new Error('an inspection holds what is no entry');
}

/** A blob read from one byte on, piece by piece and no further than is asked for. */
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
      // To its end: the connection can be used again.
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
  // The byte before must end a line: whatever a cursor says, a page begins with a whole entry.
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
 * Up to `limit` entries of an inspection's blob, from that byte on: the costs do not depend on how many
 * there are. Throws BlobNotFound, and `invalid-cursor` where no entry begins there.
 */
export const readEntriesPage = (
  storage: Pick<StorageClient, 'get'>,
  blobKey: string,
  { offset, limit }: { offset: number; limit: number },
): Promise<EntriesPage> =>
  readLines(new BlobReader(storage, blobKey), offset, limit).catch(orInvalidCursor);
