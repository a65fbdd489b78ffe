import { open } from 'node:fs/promises';

const headBytes = 8 * 1024;
/** Flags at byte 8 of a header: another volume follows; of a file: it begins in the volume before. */
const [volume, continued] = [0x04, 0x08];
const flagsAt = 8;

/** True if an arj is one of several volumes. Source: the technical note that comes with ARJ. */
export async function isArjVolume(location: string): Promise<boolean> {
  const file = await open(location);
  try {
    const { buffer } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    if ((buffer.readUInt8(flagsAt) & volume) !== 0) return true;
    const first = headerEnd(buffer, 0);
    return first + flagsAt < headBytes && (buffer.readUInt8(first + flagsAt) & continued) !== 0;
  } finally {
    await file.close();
  }
}

/** Behind a header come its sum, and the extended headers with theirs up to an empty one. */
function headerEnd(bytes: Buffer, at: number): number {
  let end = at + 4 + bytes.readUInt16LE(at + 2) + 4;
  while (end + 2 <= bytes.length) {
    const extended = bytes.readUInt16LE(end);
    end += 2;
    if (extended === 0) return end;
    end += extended + 4;
  }
  return end;
}
