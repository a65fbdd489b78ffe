import { open } from 'node:fs/promises';

/** Maximum size of a frame header in bytes: magic number, descriptor, window, dictionary and content size. */
const headerBytes = 18;

/** The window size in bytes that the first frame needs for decompression. Source: RFC 8878, 3.1.1.1. */
export async function zstdWindow(file: string): Promise<number> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(headerBytes), 0, headerBytes, 0);
    return windowOf(buffer);
  } finally {
    await handle.close();
  }
}

function windowOf(header: Buffer): number {
  const descriptor = header.readUInt8(4);
  const isSingleSegment = (descriptor & 0x20) !== 0;
  if (isSingleSegment) return contentSize(header, descriptor);
  const window = header.readUInt8(5);
  const base = 2 ** (10 + (window >> 3));
  return base + (base / 8) * (window & 7);
}

/** Follows the dictionary id; the descriptor gives its length. */
function contentSize(header: Buffer, descriptor: number): number {
  const at = 5 + ((descriptor & 3) === 3 ? 4 : descriptor & 3);
  switch (descriptor >> 6) {
    case 0:
      return header.readUInt8(at);
    case 1:
      return header.readUInt16LE(at) + 256;
    case 2:
      return header.readUInt32LE(at);
    default:
      return Number(header.readBigUInt64LE(at));
  }
}
