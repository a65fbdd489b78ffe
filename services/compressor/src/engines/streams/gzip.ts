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

/** Where the time stands in a header. */
const timeAt = 4;

/** Whether a header holds a time, in seconds since 1970: 32 bits, of which 0 says that there is none. */
export const holdsTime = (seconds: number): boolean => seconds > 0 && seconds < 2 ** 32;

/** The header of a gzip. Source: RFC 1952, 2.3. */
export function gzipHead({ name, modified }: GzipHeader): Buffer {
  const flags = name === undefined ? 0 : hasName;
  const head = Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, madeOnUnix]);
  head.writeUInt32LE(holdsTime(modified) ? modified : 0, timeAt);
  return name === undefined ? head : Buffer.concat([head, Buffer.from(`${name}\0`)]);
}

/** Compresses to gzip. `level` is of zlib, 1 to 9. Source: RFC 1952. */
export async function* gzip(
  pieces: AsyncIterable<Buffer>,
  level: number,
  header: GzipHeader,
): AsyncGenerator<Buffer> {
  yield gzipHead(header);
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
