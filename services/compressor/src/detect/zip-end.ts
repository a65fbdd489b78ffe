import { open } from 'node:fs/promises';

/** The longest end of a zip: its record, a comment of 64 KiB, and the locator of the record for large archives. */
const longestEnd = 20 + 22 + 0xffff;
const [endMark, locatorMark] = [0x06054b50, 0x07064b50];

/** What the record at the end of a zip says of the files that the zip is split into. */
export interface ZipEnd {
  /** Files before the last one, which has the record. */
  readonly filesBefore: number;
}

/**
 * Reads the record at the end of a zip; undefined where there is none. Source: PKWARE, APPNOTE.TXT 6.3.10, 4.3.15 and
 * 4.3.16.
 */
export async function readZipEnd(location: string): Promise<ZipEnd | undefined> {
  const file = await open(location);
  try {
    const { size } = await file.stat();
    const length = Math.min(size, longestEnd);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return endOf(buffer);
  } finally {
    await file.close();
  }
}

function endOf(tail: Buffer): ZipEnd | undefined {
  for (let at = tail.length - 22; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== endMark) continue;
    if (tail.readUInt16LE(at + 20) > tail.length - at - 22) continue;
    return { filesBefore: filesBefore(tail, at) };
  }
  return undefined;
}

/** More files than the record can say are counted by the locator before it. */
function filesBefore(tail: Buffer, at: number): number {
  const number = tail.readUInt16LE(at + 4);
  const hasLocator = at >= 20 && tail.readUInt32LE(at - 20) === locatorMark;
  return number === 0xffff && hasLocator ? tail.readUInt32LE(at - 4) - 1 : number;
}
