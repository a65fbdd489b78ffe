import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import type { StoredBlob } from './blob-store.js';

const mebibyte = 1024 * 1024;

/** Bytes buffered in memory while earlier ones are written; then written together. */
const pendingBytes = mebibyte;

/**
 * Bytes after which writeback is started. By default, Linux waits until a tenth of the memory is dirty, and the final
 * sync would have to wait for all of it.
 */
const writeBackBytes = 32 * mebibyte;

async function writeAll(file: FileHandle, chunks: Buffer[]): Promise<void> {
  let rest = chunks;
  while (rest.length > 0) {
    let { bytesWritten } = await file.writev(rest);
    // A write may be short if the disk is full; the next one reports the error.
    const from = rest.findIndex((chunk) => {
      if (bytesWritten < chunk.length) return true;
      bytesWritten -= chunk.length;
      return false;
    });
    rest = from < 0 ? [] : rest.slice(from).map((c, i) => (i === 0 ? c.subarray(bytesWritten) : c));
  }
}

/** Writes, counts and hashes a file in one pass. Finishes when the bytes are durable. */
export class BlobSink extends Writable {
  readonly #file: FileHandle;
  readonly #maxBytes: number;
  readonly #hash = createHash('sha256');
  #size = 0;
  #unsynced = 0;
  #writeBack: Promise<void> | undefined;

  /** A body of more than `maxBytes` fails with `upload-too-large`. */
  constructor(file: FileHandle, maxBytes: number) {
    super({ highWaterMark: pendingBytes });
    this.#file = file;
    this.#maxBytes = maxBytes;
  }

  /** The size and hash. Call it once, after the sink has finished. */
  stored(): StoredBlob {
    return { size: this.#size, sha256: this.#hash.digest('hex') };
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.#store([chunk]).then(() => done(), done);
  }

  override _writev(pending: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.#store(pending.map(({ chunk }) => chunk)).then(() => done(), done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#flush().then(() => done(), done);
  }

  async #store(chunks: Buffer[]): Promise<void> {
    const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    if (this.#size + bytes > this.#maxBytes) throw new ProblemError('upload-too-large');
    const written = writeAll(this.#file, chunks);
    // Hash here while another thread writes.
    for (const chunk of chunks) this.#hash.update(chunk);
    await written;
    this.#size += bytes;
    this.#unsynced += bytes;
    if (this.#unsynced >= writeBackBytes && this.#writeBack === undefined) this.#startWriteBack();
  }

  #startWriteBack(): void {
    this.#unsynced = 0;
    this.#writeBack = this.#file.datasync();
    this.#writeBack.then(
      () => {
        this.#writeBack = undefined;
      },
      // Linux reports a failed write only once, so it must not be ignored here.
      (error: Error) => this.destroy(error),
    );
  }

  async #flush(): Promise<void> {
    await this.#writeBack;
    await this.#file.sync();
  }
}
