import type { FileHandle } from 'node:fs/promises';

/** Bytes that one call to the operating system reads ahead. */
const windowBytes = 256 * 1024;

/** Reads a file forward. What is skipped is not read from the disk. */
export class ByteSource {
  /** Bytes of the file. */
  readonly size: number;
  readonly #file: FileHandle;
  /** Used again for each part of the file: what `peek` and `read` give lasts until the next call. */
  #window = Buffer.allocUnsafe(windowBytes);
  /** Where in the file the window begins, and how much of it is filled. */
  #start = 0;
  #filled = 0;
  #position = 0;

  constructor(file: FileHandle, size: number) {
    this.#file = file;
    this.size = size;
  }

  /** Bytes from the start of the file to the next one that is read. */
  get position(): number {
    return this.#position;
  }

  /** The next bytes, fewer only at the end of the file; the position stays. They last until the next call. */
  async peek(length: number): Promise<Buffer> {
    const from = this.#position - this.#start;
    if (from < 0 || from + length > this.#filled) await this.#fill(length);
    const at = this.#position - this.#start;
    return this.#window.subarray(at, Math.min(at + length, this.#filled));
  }

  /** The next bytes, fewer only at the end of the file. They last until the next call. */
  async read(length: number): Promise<Buffer> {
    const bytes = await this.peek(length);
    this.#position += bytes.length;
    return bytes;
  }

  /** Moves forward; past the end, reading gives nothing. */
  skip(length: number): void {
    this.#position += length;
  }

  /** The next bytes in pieces that last, together fewer only at the end of the file. */
  async *pieces(length: number): AsyncGenerator<Buffer> {
    let left = length;
    while (left > 0) {
      const piece = Buffer.from(await this.read(Math.min(left, windowBytes)));
      if (piece.length === 0) return;
      left -= piece.length;
      yield piece;
    }
  }

  async #fill(length: number): Promise<void> {
    if (length > this.#window.length) this.#window = Buffer.allocUnsafe(length);
    this.#start = this.#position;
    this.#filled = 0;
    while (this.#filled < length) {
      const room = this.#window.length - this.#filled;
      const from = this.#start + this.#filled;
      const { bytesRead } = await this.#file.read(this.#window, this.#filled, room, from);
      if (bytesRead === 0) break;
      this.#filled += bytesRead;
    }
  }
}
