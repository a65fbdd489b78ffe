import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { crc32, createDeflateRaw, deflateRaw } from 'node:zlib';
import { gzipMember, headBytes, tailBytes } from '../deflate/gzip-member.js';
import type { FoundProgram } from '../process/find-program.js';
import type { WritableEntry, WritableFile } from '../writable-entry.js';
import { methods } from './records.js';

/** Bytes up to which a content is held in memory, so that several are packed at once. */
export const largestHeld = 16 * 1024 * 1024;

const chunkSize = 256 * 1024;
const deflate = promisify<Buffer, object, Buffer>(deflateRaw);

/** libdeflate, which packs in half of the time of zlib what is long enough to start it for. */
export interface Packer {
  readonly program: FoundProgram;
  /** 1 to 12. */
  readonly level: number;
}

/** Bytes from which a program is started for a content: it takes as long as zlib for about so many. */
const smallest = 256 * 1024;

export interface PackOptions {
  /** Absent where there is zlib alone. */
  packer?: Packer | undefined;
  /** Of zlib, 1 to 9. */
  level: number;
  signal: AbortSignal;
  onBytes: (count: number) => void;
}

interface Sums {
  readonly crc32: number;
  readonly size: number;
}

export interface PackedContent extends Sums {
  readonly method: number;
  readonly bytes: Buffer;
}

/** Packs a content in memory; stores it where that is shorter, or if `store` says so. */
export async function packContent(
  entry: WritableEntry,
  options: PackOptions & { store: boolean },
): Promise<PackedContent> {
  const whole = await contentOf(entry);
  const sums = { crc32: crc32(whole), size: whole.length };
  const stored = { ...sums, method: methods.store, bytes: whole };
  if (options.store || whole.length === 0) return stored;
  const bytes = await deflated(whole, options);
  options.onBytes(whole.length);
  return bytes.length < whole.length ? { ...sums, method: methods.deflate, bytes } : stored;
}

async function deflated(whole: Buffer, { level, packer, signal }: PackOptions): Promise<Buffer> {
  if (packer && whole.length >= smallest) {
    const member = await gzipMember(packer.program, whole, { level: packer.level, signal });
    return member.subarray(headBytes, -tailBytes);
  }
  // One step of the thread pool, whatever comes out.
  const room = Math.max(1_024, whole.length + Math.ceil(whole.length / 1_000) + 64);
  return deflate(whole, { level, chunkSize: room, memLevel: 9 });
}

async function contentOf(entry: WritableEntry): Promise<Buffer> {
  if (entry.type === 'symlink') return Buffer.from(entry.target);
  if (entry.type !== 'file') return Buffer.alloc(0);
  const pieces: Buffer[] = [];
  for await (const piece of entry.content()) pieces.push(piece);
  const whole = pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
  checkLength(entry, whole.length);
  return whole;
}

/** Packs a content of any length as it is read. */
export async function packStream(
  entry: WritableFile,
  { level, signal, onBytes }: PackOptions,
  write: (bytes: Buffer) => Promise<void>,
): Promise<Sums> {
  let [sum, size] = [0, 0];
  async function* counted() {
    for await (const piece of entry.content()) {
      sum = crc32(piece, sum);
      size += piece.length;
      onBytes(piece.length);
      yield piece;
    }
  }
  const packer = createDeflateRaw({ level, chunkSize, memLevel: 9 });
  const packed = Readable.from(counted(), { objectMode: false }).compose(packer, { signal });
  for await (const bytes of packed) await write(bytes);
  checkLength(entry, size);
  return { crc32: sum, size };
}

function checkLength({ path, size }: WritableFile, length: number): void {
  if (length !== size) throw new Error(`${path} gave ${length} bytes of ${size}`);
}
