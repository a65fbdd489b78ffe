import { Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

export interface GzipHeader {
  /** Of the file inside; none of a tar. */
  readonly name?: string;
  /** Seconds since 1970; 0: unknown. */
  readonly modified: number;
}

const chunkSize = 256 * 1024;
const hasName = 0x08;
const madeOnUnix = 3;

/** Compresses to gzip. `level` is of zlib, 1 to 9. Source: RFC 1952. */
export async function* gzip(
  pieces: AsyncIterable<Buffer>,
  level: number,
  { name, modified }: GzipHeader,
): AsyncGenerator<Buffer> {
  const head = Buffer.from([
    0x1f,
    0x8b,
    8,
    name === undefined ? 0 : hasName,
    0,
    0,
    0,
    0,
    0,
    madeOnUnix,
  ]);
  head.writeUInt32LE(modified > 0 && modified < 2 ** 32 ? modified : 0, 4);
  yield name === undefined ? head : Buffer.concat([head, Buffer.from(`${name}\0`)]);
  let [sum, size] = [0, 0];
  async function* counted() {
    for await (const piece of pieces) {
      sum = crc32(piece, sum);
      size += piece.length;
      yield piece;
    }
  }
  const packer = createDeflateRaw({ level, chunkSize, memLevel: 9 });
  yield* Readable.from(counted(), { objectMode: false }).compose(packer);
  const end = Buffer.alloc(8);
  end.writeUInt32LE(sum, 0);
  end.writeUInt32LE(size % 2 ** 32, 4);
  yield end;
}
