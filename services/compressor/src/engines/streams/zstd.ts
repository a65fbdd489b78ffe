import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import { inFrames } from './in-frames.js';

const mebibyte = 1024 * 1024;
const compress = promisify<Buffer, object, Buffer>(zstdCompress);

/** Bytes of content in one frame. Higher levels find matches farther back. */
const frameBytes = (level: number): number => (level >= 9 ? 32 : 8) * mebibyte;

/** Memory in bytes: for each thread a frame, what comes of it, and the tables of its encoder. */
export const zstdMemory = (level: number, threads: number): number =>
  (2 * frameBytes(level) + (level >= 16 ? 96 : 32) * mebibyte) * (threads + 1);

/**
 * Compresses to zstd frames with checksums, one behind the other, several at once. Every reader takes them as one
 * stream. zlib of Node 24 ends with an error where one frame is written by several workers. `level` is of zstd, 1 to 19.
 * Source: RFC 8878, 3.1.
 */
export async function* zstd(
  pieces: AsyncIterable<Buffer>,
  { level, threads }: { level: number; threads: number },
): AsyncGenerator<Buffer> {
  const params = {
    [constants.ZSTD_c_compressionLevel]: level,
    [constants.ZSTD_c_checksumFlag]: 1,
  };
  const waiting: Promise<Buffer>[] = [];
  for await (const frame of inFrames(pieces, frameBytes(level))) {
    const chunkSize = Math.max(1_024, frame.length + Math.ceil(frame.length / 128) + 512);
    const packed = compress(frame, { params, chunkSize });
    // Awaited when its turn comes.
    packed.catch(() => undefined);
    waiting.push(packed);
    if (waiting.length > threads) yield (await waiting.shift()) ?? Buffer.alloc(0);
  }
  for (const packed of waiting) yield await packed;
}
