import { open } from 'node:fs/promises';

/** The record that ends a zip, without its comment. */
const endBytes = 22;
const longestComment = 0xffff;
const endMark = 0x06054b50;

/** The comment of a zip, as bytes; undefined where there is none. Source: PKWARE, APPNOTE.TXT 6.3.10, 4.3.16. */
export async function readZipComment(location: string): Promise<Buffer | undefined> {
  const file = await open(location);
  try {
    const { size } = await file.stat();
    const length = Math.min(size, endBytes + longestComment);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return commentIn(buffer);
  } finally {
    await file.close();
  }
}

/** The first record from the end whose comment ends with the file. */
function commentIn(tail: Buffer): Buffer | undefined {
  for (let at = tail.length - endBytes; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== endMark) continue;
    const comment = tail.subarray(at + endBytes);
    if (comment.length !== tail.readUInt16LE(at + endBytes - 2)) continue;
    return comment.length === 0 ? undefined : comment;
  }
  return undefined;
}
