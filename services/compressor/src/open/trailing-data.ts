import { open } from 'node:fs/promises';
import { type ArchiveNote, behindNote } from './archive-part.js';

/** Bytes at the end of a file that tell padding from anything else. */
const tailBytes = 64;

/** What to report of bytes behind the end of an archive: nothing of the zeros that tapes and some programs add. */
export async function trailingNotes(location: string): Promise<ArchiveNote[]> {
  const file = await open(location);
  try {
    const { size } = await file.stat();
    const length = Math.min(size, tailBytes);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    if (buffer.at(-1) === 0) return [];
  } finally {
    await file.close();
  }
  return [behindNote];
}
