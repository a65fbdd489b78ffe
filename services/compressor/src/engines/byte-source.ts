import type { FileHandle } from 'node:fs/promises';

/** Bytes that one call to the operating system reads ahead. */
const window = 256 * 1024;

/** Reads a file forward. What is skipped is not read from the disk. */
export class ByteSource {
  readonly #file: FileHandle;
  #buffer = Buffer.alloc(0);
  /** Where in the file the buffer begins. */
  #start = 0;
  #position = 0;

  /** Bytes of the file. */
  readonly size: number;

  constructor(file: FileHandle, size: number) {
    this.#file = file;
    this.size = size;
  }

  /** Bytes from the start of the file to the next one that is read. */
  get position(): number {
    return this.#position;
  }

  /** The next bytes, fewer only at the end of the file; the position stays. */
  async peek(length: number): Promise<Buffer> {
    const from = this.#position - this.#start;
    if (from < 0 || from + length > this.#buffer.length) await this.#fill(length);
    const at = this.#position - this.#start;
    return this.#buffer.subarray(at, at + length);
  }

  /** The next bytes, fewer only at the end of the file. */
  async read(length: number): Promise<Buffer> {
    const bytes = await this.peek(length);
    this.#position += bytes.length;
    return bytes;
  }

  /** Moves forward; past the end, reading gives nothing. */
  skip(length: number): void {
    this.#position += length;
  }

  /** The next bytes in pieces, together fewer only at the end of the file. */
  async *pieces(length: number): AsyncGenerator<Buffer> {
    let left = length;
    while (left > 0) {
      const piece = await this.read(Math.min(left, window));
      if (piece.length === 0) return;
      left -= piece.length;
      yield piece;
    }
  }

  /** A new buffer each time: pieces that were handed out stay as they are. */
  async #fill(length: number): Promise<void> {
    const buffer = Buffer.allocUnsafe(Math.max(length, window));
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await this.#file.read(
        buffer,
        filled,
        buffer.length - filled,
        this.#position + filled,
      );
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    this.#start = this.#position;
    this.#buffer = buffer.subarray(0, filled);
  }
}
