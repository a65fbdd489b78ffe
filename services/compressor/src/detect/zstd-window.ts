import { open } from 'node:fs/promises';

/** Enough for the frames that are skipped before the first one with content. */
const headBytes = 36 * 1024;
const frame = 0xfd2fb528;
const skippable = 0x184d2a50;

/**
 * Where the first frame with content begins, behind frames that decoders skip (pzstd writes one first); undefined if
 * there is none in these bytes. Source: RFC 8878, 3.1.1 and 3.1.2.
 */
export function zstdFrameStart(head: Buffer): number | undefined {
  let at = 0;
  while (at + 8 <= head.length) {
    const magic = head.readUInt32LE(at);
    if (magic === frame) return at;
    if (magic < skippable || magic > skippable + 0xf) return undefined;
    at += 8 + head.readUInt32LE(at + 4);
  }
  return undefined;
}

/** The window size in bytes that the first frame needs for decompression. Source: RFC 8878, 3.1.1.1. */
export async function zstdWindow(file: string): Promise<number> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return windowOf(buffer.subarray(zstdFrameStart(buffer) ?? 0));
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
