import { open } from 'node:fs/promises';

const markBytes = 8;
const headerBytes = 60;

/**
 * True if the members of an ar follow each other up to the end of the file. libarchive takes a header that is cut, or is
 * none, for the end, and says nothing. Source: ar(5) of FreeBSD.
 */
export async function endsWithMember(location: string): Promise<boolean> {
  const file = await open(location);
  try {
    const { size } = await file.stat();
    const header = Buffer.alloc(headerBytes);
    for (let at = markBytes; at < size; ) {
      const { bytesRead } = await file.read(header, 0, headerBytes, at);
      // A member of odd length has a byte after it, which some leave out at the end.
      if (bytesRead <= 1) return true;
      const digits = header.toString('latin1', 48, 58).trim();
      if (bytesRead < headerBytes || header.toString('latin1', 58) !== '`\n') return false;
      if (!/^\d+$/.test(digits)) return false;
      const end = at + headerBytes + Number(digits);
      if (end > size) return false;
      at = end + (end % 2);
    }
    return true;
  } finally {
    await file.close();
  }
}
