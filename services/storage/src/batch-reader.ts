import type { Readable } from 'node:stream';
import { BatchHeader, batchHeaderBytes } from '@comprimemelo/contracts/blob-batch';
import { limits } from '@comprimemelo/contracts/limits';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import { Compile } from 'typebox/compile';
import type { SmallBlob } from './blob-store.js';

const header = Compile(BatchHeader);
const newline = 0x0a;

const invalid = (detail: string, cause?: unknown) =>
  new ProblemError('invalid-request', { detail, cause });

function parseHeader(line: Buffer): BatchHeader {
  let value: unknown;
  try {
    value = JSON.parse(line.toString());
  } catch (error) {
    throw invalid('A header in the batch is not valid JSON.', error);
  }
  if (header.Check(value)) return value;
  throw invalid('A header in the batch has no valid key and size.');
}

/** Reads a body by lines and by byte counts. */
class BodyReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(body: Readable) {
    // Not destroyed when reading stops: destroying a request closes its socket before the response is sent.
    this.#chunks = body.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
  }

  /** Returns a line without its newline; undefined at the end of the body. */
  async line(maxBytes: number): Promise<Buffer | undefined> {
    for (;;) {
      const end = this.#rest.indexOf(newline);
      if (end > maxBytes || (end < 0 && this.#rest.length > maxBytes)) {
        throw invalid('A header in the batch is too long.');
      }
      if (end >= 0) return this.#take(end + 1).subarray(0, end);
      const chunk = await this.#next();
      if (chunk === undefined && this.#rest.length === 0) return undefined;
      if (chunk === undefined) throw new ProblemError('upload-truncated');
      this.#rest = Buffer.concat([this.#rest, chunk]);
    }
  }

  async bytes(count: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for (let missing = count; missing > 0; ) {
      if (this.#rest.length === 0) {
        const chunk = await this.#next();
        if (chunk === undefined) throw new ProblemError('upload-truncated');
        this.#rest = chunk;
      }
      const piece = this.#take(Math.min(missing, this.#rest.length));
      pieces.push(piece);
      missing -= piece.length;
    }
    return pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
  }

  #take(count: number): Buffer {
    const taken = this.#rest.subarray(0, count);
    this.#rest = this.#rest.subarray(count);
    return taken;
  }

  /** Releases the body without destroying it. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #next(): Promise<Buffer | undefined> {
    const { done, value } = await this.#chunks.next();
    return done ? undefined : value;
  }
}

/**
 * Yields the blobs of a batch (contracts/blob-batch), each once it has arrived completely. `check` is called with each
 * key before its bytes are read. Throws `invalid-request`, `upload-truncated`, or `upload-too-large` if the batch or a
 * blob exceeds its limit. `body` is never destroyed.
 */
export async function* readBatch(
  body: Readable,
  maxBytes: number,
  check: (key: string) => void,
): AsyncGenerator<SmallBlob> {
  const reader = new BodyReader(body);
  let [count, total] = [0, 0];
  try {
    for (;;) {
      const line = await reader.line(batchHeaderBytes);
      if (line === undefined) return;
      const { key, size } = parseHeader(line);
      check(key);
      count += 1;
      total += size;
      if (count > limits.batchBlobs) throw invalid('The batch contains too many blobs.');
      if (total > limits.batchBytes || size > maxBytes) throw new ProblemError('upload-too-large');
      yield { key, bytes: await reader.bytes(size) };
    }
  } finally {
    await reader.close();
  }
}
