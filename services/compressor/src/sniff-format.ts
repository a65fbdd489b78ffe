import { open } from 'node:fs/promises';
import type { ContainerType } from './seven-zip/container.js';

/** Enough for a tar's header, whose mark stands furthest back. */
const headBytes = 512;

const marks: readonly (readonly [ContainerType, string])[] = [
  ['zip', 'PK\x03\x04'],
  ['zip', 'PK\x05\x06'],
  ['7z', '7z\xbc\xaf\x27\x1c'],
  ['gzip', '\x1f\x8b\x08'],
  ['xz', '\xfd7zXZ\x00'],
];
/** What follows `BZh` and the level: a block, or the end of an empty stream. */
const bzip2Starts = ['1AY&SY', '\x17rE8P\x90'];

/**
 * Checks the sum that each tar header carries, its own field read as blanks. Older tars have no other mark.
 * Source: POSIX.1-1988, ustar.
 */
function isTarHeader(head: Buffer): boolean {
  if (head.length < headBytes) return false;
  const field = head.toString('latin1', 148, 156);
  const stated = /^[ 0]*([0-7]+)[ \0]/.exec(field)?.[1];
  if (stated === undefined) return false;
  const sum = head.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
  return Number.parseInt(stated, 8) === sum;
}

/** The container that the file's first bytes show; undefined for any other content. */
export async function sniffContainer(file: string): Promise<ContainerType | undefined> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    const head = buffer.subarray(0, bytesRead);
    const text = head.toString('latin1');
    const marked = marks.find(([, mark]) => text.startsWith(mark))?.[0];
    if (marked) return marked;
    if (text.startsWith('BZh') && bzip2Starts.includes(text.slice(4, 10))) return 'bzip2';
    return isTarHeader(head) ? 'tar' : undefined;
  } finally {
    await handle.close();
  }
}
